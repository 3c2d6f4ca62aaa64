// The evidence of a bundle against the entries that commit to it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace linkaudit::bundle {

// Reads WARC 1.1 (ISO 28500:2017) as written by run::write_warc: every block has its digest, every response the payload
// that a manifest names, every body that a manifest names is there, every manifest has the digest that its entry
// commits to. `committed`: entry number to the digest, hex; those that were found go. Throws Misfit.
void verify_warc(std::string_view warc, std::map<std::int64_t, std::string>& committed);

}  // namespace linkaudit::bundle
