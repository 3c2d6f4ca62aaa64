// Parts of a URL, as far as reading and classifying need them: views into it, nothing decoded, nothing thrown. URLs of
// hops come from the fetching side, which has parsed them before; whatever is no such URL has an empty host.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linkaudit::probes {

// Lower case, without port, user, brackets and the final dot; "" when there is none.
std::string host_of(std::string_view url);

std::string_view scheme_of(std::string_view url);  // "" when it is relative
std::string_view path_of(std::string_view url);    // begins with "/" or is empty
std::string_view query_of(std::string_view url);   // without "?"

// The first parameter of that name, percent-decoded, "+" kept; nothing when there is none.
std::optional<std::string> query_parameter(std::string_view url, std::string_view name);

std::string percent_decode(std::string_view text);

// Whether it is spelled "https:path" or "https:/host/path": what browsers make of that depends on where they are.
bool lacks_slashes(std::string_view url);

// Whether the URL leaves for an app: "taobao://", "weixin://", "intent:" ... and not for the web, a script, mail or
// phone.
bool is_app_url(std::string_view url);

// Whether `host` is `domain` or a subdomain of it. Both lower case; IP literals match only themselves.
bool in_domain(std::string_view host, std::string_view domain);

bool is_ip_literal(std::string_view host);

// By the public suffix list; the host itself when it is an IP literal or a public suffix.
std::string registrable_domain(const std::string& host);

}  // namespace linkaudit::probes
