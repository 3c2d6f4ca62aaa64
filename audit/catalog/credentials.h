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

// The text with the value of each named parameter (case-insensitive) behind ?, & or # replaced by kHidden; also where a
// URL stands percent-encoded in another, as often as may be.
std::string mask_parameters(std::string_view text, const std::vector<std::string>& parameters);

// The names in `secrets.parameters` of a catalog.
std::vector<std::string> secret_parameters_of(const Node& merged);

// Puts kHidden in the place of every credential in proxy and headers. For the text of the catalog, which is shown and
// stored.
void hide_credentials(Node& merged);

}  // namespace linkaudit::catalog
