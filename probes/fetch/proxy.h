// The proxy through which a vantage sees, and what fails on the way to it. Its credentials stay in memory: they are in
// no text, log or evidence.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "probes/failure.h"

namespace linkaudit::probes {

struct Proxy {
  std::string url;             // scheme://host:port
  std::string user, password;  // as sent; "" when there are none
  bool resolves_names = true;  // all but socks5://, which gets addresses that were resolved and checked here

  bool operator==(const Proxy&) const = default;
};

// Of `http://`, `https://` (both by CONNECT, whatever is fetched: what such a proxy says itself is never taken for the
// target's word), `socks5://` or `socks5h://`, with [user[:password]@], percent-encoded, a host and a port. The error
// is what is wrong, and does not repeat the text.
tl::expected<Proxy, std::string> parse_proxy(std::string_view text);

// The same URL without user and password, for showing and storing: http://***@proxy.example:3128. What is no proxy
// comes back without all up to its last @.
std::string without_credentials(std::string_view proxy);

// What is known of a transfer that ended before the proxy had opened the way to the target.
struct ProxyEnd {
  int code = 0;             // CURLcode
  long socks_error = 0;     // CURLINFO_PROXY_ERROR: CURLPX_*
  long connect_status = 0;  // CURLINFO_HTTP_CONNECTCODE; 0: no answer to CONNECT
  std::string message{};    // CURLOPT_ERRORBUFFER
};

// tcp_refused and tcp_timeout where a SOCKS proxy says so of the target; else proxy_failure: it may be the proxy's own.
Failure failure_at_proxy(const ProxyEnd& end);

}  // namespace linkaudit::probes
