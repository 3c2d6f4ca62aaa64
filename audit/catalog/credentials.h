// What of a catalog is a secret: the user and password of the proxy, headers of clients that hold credentials
// (probes/fetch/credential_fields.h), and in every URL the parameters that `secrets.parameters` names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/catalog/node.h"

namespace linkaudit::catalog {

// What stands for a credential in what is shown and stored. As a value of a catalog it is refused: nobody knows what it
// stood for.
inline constexpr std::string_view kHidden = "***";

// The masks below take time in proportion to the text, and change nothing in what they have masked.

// The text with the value of each named parameter (case-insensitive) behind ?, & or # replaced by kHidden; also where a
// URL, or a letter of the name, stands percent-encoded, as often as may be, and where the name is the last word of
// another (my_token, user[token], authToken); those of fewer than five letters (key, sig) are whole names only.
std::string mask_parameters(std::string_view text, const std::vector<std::string>& parameters);

// The text without user:password@ in its URLs, percent-encoded ones included.
std::string mask_userinfo(std::string_view text);

// What a person typed, with both of the above, and masked in it: what follows a secret parameter's name, a word for
// password (English, Chinese) or a header field's name for credentials with : or = between (name=value, name: value,
// "name": "value"); cookies and Authorization up to the end of the line; what follows Bearer and Basic; JSON web
// tokens. Speaking of these is left alone ("the token page", "Bearer token"); so is a short word behind "key:",
// "ticket:" and "code:".
std::string mask_words(std::string_view text, const std::vector<std::string>& parameters);

// The names in `secrets.parameters` of a catalog.
std::vector<std::string> secret_parameters_of(const Node& merged);

// Puts kHidden in the place of every credential in proxy and headers. For the text of the catalog, which is shown and
// stored.
void hide_credentials(Node& merged);

// Masks what persons wrote in waivers, for good: nothing is asked for by it.
void mask_waivers(Node& merged);

}  // namespace linkaudit::catalog
