#include "probes/fetch/connect_to.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

// Takes one part off the front of `rest`, up to a colon outside brackets.
std::optional<std::string> take_part(std::string_view& rest) {
  std::size_t end = 0;
  std::string part;
  if (rest.starts_with('[')) {
    end = rest.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    part = rest.substr(1, end - 1);
    ++end;
  } else {
    end = std::min(rest.find(':'), rest.size());
    part = rest.substr(0, end);
  }
  rest.remove_prefix(end);
  if (rest.empty()) return to_lower(part);
  if (rest.front() != ':') return std::nullopt;
  rest.remove_prefix(1);
  return to_lower(part);
}

std::optional<std::uint16_t> port_of(const std::string& text) {
  if (text.empty()) return std::uint16_t{0};
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

}  // namespace

ConnectTo::ConnectTo(std::span<const std::string> entries) {
  for (const std::string& entry : entries) {
    std::string_view rest = entry;
    const auto bad = [&] {
      return std::invalid_argument("connect_to: \"" + entry + "\" is not valid; valid: HOST1:PORT1:HOST2:PORT2");
    };
    if (std::ranges::count(entry, ':') < 3) throw bad();
    const auto host = take_part(rest), port = take_part(rest), target = take_part(rest);
    if (!host || !port || !target) throw bad();
    const auto from_port = port_of(*port), to_port = port_of(std::string(rest));
    if (!from_port || !to_port) throw bad();
    by_host_[*host].push_back({*from_port, {*target, *to_port}, static_cast<std::size_t>(&entry - entries.data())});
  }
}

std::optional<ConnectTarget> ConnectTo::match(std::string_view host, std::uint16_t port) const {
  const Entry* best = nullptr;
  for (const std::string& key : {std::string(host), std::string()}) {
    const auto found = by_host_.find(key);
    if (found == by_host_.end()) continue;
    const auto entry =
        std::ranges::find_if(found->second, [&](const Entry& e) { return e.port == 0 || e.port == port; });
    if (entry != found->second.end() && (best == nullptr || entry->order < best->order)) best = &*entry;
  }
  if (best == nullptr) return std::nullopt;
  return ConnectTarget{best->target.host, best->target.port == 0 ? port : best->target.port};
}

bool ConnectTo::names(std::string_view host) const {
  const auto found = by_host_.find(std::string(host));
  return !host.empty() && found != by_host_.end() &&
         std::ranges::any_of(found->second, [](const Entry& entry) { return !entry.target.host.empty(); });
}

}  // namespace linkaudit::probes
