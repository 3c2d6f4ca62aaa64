// What of a catalog is a secret: the user and password of the proxy, and headers of clients that hold credentials
// (probes/fetch/credential_fields.h).
#pragma once

#include <string>
#include <string_view>

#include "audit/catalog/node.h"

namespace linkaudit::catalog {

// What stands for a credential in what is shown and stored. As a value of a catalog it is refused: nobody knows what it
// stood for.
inline constexpr std::string_view kHidden = "***";

// Puts kHidden in the place of every credential. For the text of the catalog, which is shown and stored.
void hide_credentials(Node& merged);

}  // namespace linkaudit::catalog
