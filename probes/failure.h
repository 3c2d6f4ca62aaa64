// The closed list of ways in which a fetch fails, with the layer each belongs to. Stored names: a format.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linkaudit::probes {

enum class FailureName {
  dns_nxdomain,
  dns_failure,
  tcp_refused,
  tcp_timeout,
  tcp_reset,
  tls_expired,
  tls_name_mismatch,
  tls_untrusted,
  tls_failure,
  http_timeout,
  http_incomplete,
  http_status,
  empty_reply,
  too_many_redirects,
  invalid_redirect,
  invalid_url,
  body_too_large,
  decode_error,
  refused_address,
  refused_scheme,
  refused_port,
  proxy_failure,  // of our own proxy, or before it had opened the way: no word on whom it was to lead to
  unknown_failure,
};

enum class Layer { dns, tcp, tls, http, limit, unknown };  // limit: one of our own bounds, or our own proxy

enum class Leg { context, control, gateway_control, canary, random_path };

struct Failure {
  FailureName name = FailureName::unknown_failure;
  Layer layer = Layer::unknown;
  int hop = 0;  // index of the hop at which it happened, from 0
  Leg leg = Leg::context;
  long code = 0;     // the library's raw code (CURLcode, HTTP status, zlib's ...), 0 when there is none
  std::string text;  // one English line without control characters; holds no secret

  bool operator==(const Failure&) const = default;
};

std::string_view name(FailureName failure);
std::string_view name(Layer layer);
std::string_view name(Leg leg);
std::optional<FailureName> failure_name_from(std::string_view name);
std::optional<Layer> layer_from(std::string_view name);
std::optional<Leg> leg_from(std::string_view name);

// The layer that a failure belongs to. refused_*, invalid_url, too_many_redirects, body_too_large and
// proxy_failure are limits.
Layer layer_of(FailureName failure);

// Network failures may be repeated, and a state that rests on one is soft; http_status and our own bounds are none. A
// proxy_failure is one of them, though nobody but ourselves can be held to it.
bool is_network_failure(FailureName failure);

}  // namespace linkaudit::probes
