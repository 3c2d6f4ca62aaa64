// The parts of a bundle by name, and which names there are.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include "audit/log/hash.h"

namespace linkaudit::bundle {

using Parts = std::map<std::string, std::string>;  // by name, with '/' between folders

inline constexpr const char* kManifest = "manifest.txt";  // the digest of every other part but the note that signs it
inline constexpr const char* kSeal = "manifest.note";

// One of those that README.md lists. Nothing else is in a bundle, so nothing can be slipped in.
bool is_part_name(std::string_view name);

// Throws Misfit naming the first that each bundle has and this one lacks.
void require_parts(const Parts& parts);

std::string entry_part(std::int64_t entry);         // entries/5.json
std::string heads_part(const std::string& sha256);  // heads/SHA256

// As sha256sum writes it.
std::string manifest_line(log::Hasher& hasher, const std::string& name, std::string_view bytes);

// What is wrong with a bundle, in one line. All that verifies throws this.
class Misfit : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

const std::string& part_of(const Parts& parts, const std::string& name);  // throws Misfit when it is missing

}  // namespace linkaudit::bundle
