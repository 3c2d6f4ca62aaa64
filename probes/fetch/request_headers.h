// The header fields that a client identity sends.
#pragma once

#include "probes/fetch/curl_handles.h"
#include "probes/subject.h"

namespace linkaudit::probes {

// What the client names, with a browser's Accept and Accept-Language where it names none, and the codings that we
// decode. Left out: fields that belong to the connection, values with line breaks, and, unless `with_credentials`,
// Authorization and Cookie.
CurlList request_headers(const Client& client, bool with_credentials);

}  // namespace linkaudit::probes
