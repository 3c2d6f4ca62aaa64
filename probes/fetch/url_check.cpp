#include "probes/fetch/url_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace linkaudit::probes {

Failure make_failure(FailureName name, std::string text, long code) {
  Failure failure;
  failure.name = name;
  failure.layer = layer_of(name);
  failure.code = code;
  failure.text = std::move(text);
  return failure;
}

std::optional<Failure> check_url(const Url& url, const AddressGuard& guard, const ConnectTo& connect_to) {
  if (!connect_to.names(url.host)) {
    const auto why = url.address ? guard.refusal(*url.address) : guard.refusal_of_name(url.host);
    if (why) return make_failure(FailureName::refused_address, *why);
  }
  if (!url.doubt.empty()) return make_failure(FailureName::invalid_url, "the URL is not followed: " + url.doubt);
  if (is_bad_port(url.port)) {
    return make_failure(FailureName::refused_port, fmt::format("port {} belongs to another protocol", url.port));
  }
  return std::nullopt;
}

bool is_bad_port(std::uint16_t port) {
  constexpr std::array<std::uint16_t, 82> bad = {
      0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,   25,   37,   42,   43,
      53,   69,   77,   79,   87,   95,   101,  102,  103,  104,  109,  110,  111,  113,  115,  117,  119,
      123,  135,  137,  139,  143,  161,  179,  389,  427,  465,  512,  513,  514,  515,  526,  530,  531,
      532,  540,  548,  554,  556,  563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723, 2049,
      3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697};
  static_assert(std::ranges::is_sorted(bad));
  return port == 10080 || std::ranges::binary_search(bad, port);
}

}  // namespace linkaudit::probes
