// Asks a time-stamp authority over HTTP, as RFC 3161 section 3.4 says.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace linkaudit::run {

// Whether it can be asked at all: http or https, a host, no password in it.
bool is_timestamp_authority(const std::string& url);
inline constexpr const char* kValidAuthorities = "valid is http://HOST/... or https://HOST/..., without a password";

// The reply (DER), or in one line why there is none. `url` is one of those; within 30 s, at most 64 KiB; no redirects,
// no proxy of the environment. It is the operator's own choice, so unlike a link's its address is not looked at.
tl::expected<std::string, std::string> ask_timestamp_authority(const std::string& url, const std::string& request);

}  // namespace linkaudit::run
