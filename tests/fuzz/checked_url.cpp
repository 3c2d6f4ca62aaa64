#include "tests/fuzz/checked_url.h"

#include <arpa/inet.h>

#include <algorithm>

#include "tests/fuzz/harness.h"

namespace linkaudit::fuzz {

void require_sound(const probes::Url& url, std::string_view given) {
  require(url.scheme == "http" || url.scheme == "https", "only http and https are read", url.text);
  require(url.text.starts_with(url.scheme + "://"), "a URL begins with its scheme", url.text);
  const bool printable = std::ranges::all_of(url.text, [](char c) { return c > 0x20 && c < 0x7F; });
  require(printable, "a URL is printable ASCII without spaces", url.text);
  require(url.text.size() <= given.size() * 4 + 1024, "a URL does not grow", url.text);
  require(url.port != 0, "a URL has a port", url.text);

  require(!url.host.empty() && url.host.size() <= 253, "a host is no longer than a name may be", url.host);
  constexpr std::string_view forbidden = "/\\?#@%[]<>^|`\"{} ";
  require(url.host.find_first_of(forbidden) == std::string::npos, "a host holds no delimiters", url.host);
  const bool lower = std::ranges::none_of(url.host, [](char c) { return c >= 'A' && c <= 'Z'; });
  require(lower && !url.host.ends_with('.'), "a host is in its normal form", url.host);

  // What is checked must be what is connected to: neither the C library nor a second reading sees another host.
  in_addr v4{};
  const bool numeric = inet_aton(url.host.c_str(), &v4) != 0 || probes::parse_address(url.host).has_value();
  require(numeric == url.address.has_value(), "a host that some program reads as an address is one", url.host);
  if (url.address) require_same(to_string(*url.address), url.host, "an address has one spelling");
  const auto again = probes::parse_url(url.text);
  require(again.has_value(), "what was read can be read again", url.text);
  require_same(again->text, url.text, "reading again changes no text");
  require(again->host == url.host && again->port == url.port && again->address == url.address,
          "reading again finds the same host and port", url.text);
  require(again->doubt.empty(), "a normalised URL is beyond doubt", url.text);
}

}  // namespace linkaudit::fuzz
