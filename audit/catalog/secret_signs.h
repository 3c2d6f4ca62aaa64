// What the masks of secrets (credentials.h) look for: signs, as they stand or percent-encoded, and names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace linkaudit::catalog {

// A character at a place of a text, as it stands or percent-encoded as often as may be: "&", "%26", "%2526".
struct Sign {
  std::size_t length = 0;  // 0: none of those wanted
  int depth = 0;           // how often it is encoded
};
Sign sign_at(std::string_view text, std::size_t at, std::string_view wanted);

// Letters, digits, - _ and .
bool in_name(char letter);

// Whether a value is behind this name to be masked. Neither case nor - and _ count: accessToken is access_token.
bool is_named(std::string_view name, const std::vector<std::string>& parameters);

// Blanks, ends of lines, quotes and brackets that no URL holds, and Chinese punctuation, which needs no blank behind.
bool ends_url(std::string_view text, std::size_t at);

}  // namespace linkaudit::catalog
