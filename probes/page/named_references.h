// The names of HTML's character references. The table is made when the program is built: named_references.py.
#pragma once

#include <span>
#include <string_view>

namespace linkaudit::probes {

struct NamedReference {
  std::string_view name;        // without "&"; with its ";", which some names may lack: "amp;" and "amp"
  std::string_view characters;  // UTF-8
};

// All of them, in the order of their bytes.
std::span<const NamedReference> named_references();

}  // namespace linkaudit::probes
