// Which header fields of a client prove who asks. They go to the host that they are for, and are shown to nobody.
#pragma once

#include <string_view>

#include "probes/subject.h"

namespace linkaudit::probes {

// By the words of its name: Authorization, Cookie, X-Api-Key, X-Auth-Token, X-Session-Id ...
bool is_credential_field(std::string_view name);

// What is sent to hosts that the client's credentials are not for.
Client without_credential_fields(Client client);

}  // namespace linkaudit::probes
