// What of a catalog is a secret: the user and password of the proxy, and headers of clients that hold credentials.
#pragma once

#include <string>
#include <string_view>

#include "audit/catalog/node.h"

namespace linkaudit::catalog {

// What stands for a credential in what is shown and stored. As a value of a catalog it is refused: nobody knows what it
// stood for.
inline constexpr std::string_view kHidden = "***";

// Authorization, Proxy-Authorization (which is not sent, but may be written) and Cookie.
bool is_credential(std::string_view header);

// Puts kHidden in the place of every credential. For the text of the catalog, which is shown and stored.
void hide_credentials(Node& merged);

}  // namespace linkaudit::catalog
