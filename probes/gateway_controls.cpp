#include "probes/gateway_controls.h"

#include <algorithm>
#include <utility>

#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

// All but the unreserved characters of RFC 3986.
std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool letter_or_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter_or_digit || std::string_view("-._~").find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace

LegRequest gateway_request(const Gateway& gateway, const std::string& link, const Client& client) {
  constexpr std::string_view place = "{url}";
  LegRequest request;
  request.url = gateway.url;
  const std::string encoded = percent_encode(link);
  for (std::size_t at = 0; (at = request.url.find(place, at)) != std::string::npos; at += encoded.size()) {
    request.url.replace(at, place.size(), encoded);
  }
  request.link_url = link;
  request.through_gateway = true;
  request.client = client;
  // The gateway is asked for the links of everybody: its queue must not hold up what goes to the link's own host.
  request.limit_group = host_of(gateway.url) + " " + host_of(link);
  return request;
}

void GatewayControls::ask(const Context& context, Then then) {
  auto control = std::ranges::find(controls_, *context.gateway, &Control::gateway);
  const bool first = control == controls_.end();
  if (first) control = controls_.insert(controls_.end(), Control{*context.gateway, std::nullopt, {}});
  if (control->seen) return then(*control->seen);
  control->waiting.push_back(std::move(then));
  if (first) fetch(context, *control);
}

void GatewayControls::fetch(const Context& context, Control& control) {
  LegRequest request = gateway_request(control.gateway, control.gateway.control, context.client);
  request.leg = Leg::gateway_control;
  const std::string platform = classifier_.platform_of_link(control.gateway.control);
  looks_.begin(std::move(request), context.host, platform, [&control](LegSeen seen) {
    control.seen = std::move(seen);
    for (const Then& then : std::exchange(control.waiting, {})) then(*control.seen);
  });
}

}  // namespace linkaudit::probes
