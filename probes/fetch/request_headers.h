// The header fields that a client identity sends.
#pragma once

#include <string>

#include "probes/fetch/curl_handles.h"
#include "probes/subject.h"

namespace linkaudit::probes {

// What the client names, with a browser's Accept and Accept-Language where it names none, and the codings that we
// decode. Left out: fields that belong to the connection, values with line breaks, Cookie, and, unless
// `with_credentials`, all fields that hold credentials.
CurlList request_headers(const Client& client, bool with_credentials);

// The values of its Cookie fields in one; "" when there is none.
std::string cookies_of(const Client& client);

}  // namespace linkaudit::probes
