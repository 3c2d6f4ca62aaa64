// From YAML text to a Catalog, or to one clear line with the place.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "audit/catalog/catalog.h"

namespace linkaudit::catalog {

struct Source {
  std::string name;  // as messages give it: a path, or "built-in"
  std::string text;
};

// "FILE:LINE: key: what is wrong; what would be valid"
struct CatalogError {
  std::string file;
  int line = 0;
  std::string text;

  std::string message() const { return file + ":" + std::to_string(line) + ": " + text; }
};

// What a catalog is wanted for. Probing needs the files that it names (network.ca_file); one that is recalled from the
// log may have its credentials hidden, which else is refused.
enum class Purpose { reading, probing, recalling };

// The catalog inside the executable.
std::string_view built_in_text();
// The dated press tests inside the executable (CSV), in the columns that import takes.
std::string_view casebook_csv();

// Lays `overlays` in order over the built-in catalog (same id replaces or merges, `enabled: false` removes), checks the
// whole, and gives every problem found, in order of place; never partly loaded.
tl::expected<Catalog, std::vector<CatalogError>> load(std::vector<Source> overlays, bool with_built_in = true,
                                                      Purpose purpose = Purpose::reading);

}  // namespace linkaudit::catalog
