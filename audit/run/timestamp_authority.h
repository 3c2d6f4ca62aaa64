// Asks a time-stamp authority over HTTP, as RFC 3161 section 3.4 says.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace linkaudit::run {

// The reply (DER), or in one line why there is none. `url` is http or https; within 30 s, at most 64 KiB; no redirects,
// no proxy of the environment. It is the operator's own choice, so unlike a link's its address is not looked at.
tl::expected<std::string, std::string> ask_timestamp_authority(const std::string& url, const std::string& request);

}  // namespace linkaudit::run
