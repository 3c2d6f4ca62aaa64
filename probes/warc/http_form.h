// Header blocks in the form that readers of archives expect: HTTP/1.1 messages, whatever the version on the wire.
#pragma once

#include <string>
#include <string_view>

namespace linkaudit::probes {

// A request as HTTP/1.1: only the version in its first line may differ from what is given.
std::string request_in_http1(std::string_view block);

// The same for the head of an answer. A Transfer-Encoding field, whose coding has been taken off the body, becomes
// X-Orig-Transfer-Encoding, so that nobody takes it off again. All other bytes stay.
std::string response_in_http1(std::string_view block);

}  // namespace linkaudit::probes
