// Secrets that are known by what they look like.
#pragma once

#include <string>
#include <string_view>

namespace linkaudit::catalog {

// Long, with letters and digits: nothing that a person would have thought of.
bool is_made_by_machine(std::string_view value);

// Masks what stands behind "Bearer" (RFC 6750) and "Basic" (RFC 7617) when it is no word, and JSON web tokens (RFC
// 7519).
std::string mask_tokens(std::string_view text);

}  // namespace linkaudit::catalog
