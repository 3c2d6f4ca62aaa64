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

// Any character at a place of a text, decoded; a % that encodes nothing is itself.
struct Letter {
  char letter = '\0';
  std::size_t length = 1;
  int depth = 0;
};
Letter letter_at(std::string_view text, std::size_t at);

// Letters, digits, - _ and .
bool in_name(char letter);

// Whether a value is behind this name to be masked. Neither case nor - and _ count: accessToken is access_token.
bool is_named(std::string_view name, const std::vector<std::string>& parameters);

// The same of a decoded name in a URL, and also by its last words, parted by signs or capitals: my_token, user[token],
// authToken, my_api_key. Parameters of fewer than five letters (key, sig, code) are whole names only, but for pwd and
// jwt. An index (token[0]) does not count.
bool is_named_in_url(std::string_view name, const std::vector<std::string>& parameters);

// Blanks, ends of lines, quotes and brackets that no URL holds, and Chinese punctuation, which needs no blank behind.
bool ends_url(std::string_view text, std::size_t at);

}  // namespace linkaudit::catalog
