#include "probes/link_order.h"

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <unordered_map>

#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

// Not std::shuffle: its results differ between libraries.
template <typename Item>
void shuffle(std::vector<Item>& items, std::mt19937_64& random) {
  for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[random() % left]);
}

}  // namespace

LinkOrder::LinkOrder(std::span<const Target> targets, std::vector<std::size_t> wanted, std::uint64_t seed, int per_host)
    : wanted_(std::move(wanted)), per_host_(std::max(1, per_host)) {
  const auto link = [&](std::size_t target) {
    return std::tie(targets[target].link->url, targets[target].link->platform);
  };
  std::ranges::sort(wanted_,
                    [&](std::size_t a, std::size_t b) { return std::tuple(link(a), a) < std::tuple(link(b), b); });
  for (std::size_t at = 0; at < wanted_.size(); ++at) {
    if (at == 0 || link(wanted_[at]) != link(wanted_[at - 1])) links_.push_back({at, at, 0});
    links_.back().end = at + 1;
  }
  std::mt19937_64 random(seed);
  shuffle(links_, random);
  std::unordered_map<std::string, std::size_t> numbers;  // of hosts, as they come
  for (Link& each : links_) {
    each.host = numbers.emplace(host_of(targets[wanted_[each.begin]].link->url), numbers.size()).first->second;
  }
  std::ranges::stable_sort(links_, {}, &Link::host);
  for (std::size_t at = 0; at < links_.size(); ++at) {
    if (links_[at].host == hosts_.size()) hosts_.push_back({at, at});
    hosts_.back().end = at + 1;
  }
  for (std::size_t host = 0; host < hosts_.size(); ++host) queue(host);
}

void LinkOrder::queue(std::size_t number) {
  Host& host = hosts_[number];
  if (host.in_turn || host.next == host.end || host.begun >= per_host_) return;
  host.in_turn = true;
  turns_.push_back(number);
}

std::optional<LinkTurn> LinkOrder::next() {
  if (turns_.empty()) return std::nullopt;
  const std::size_t number = turns_.front();
  turns_.pop_front();
  Host& host = hosts_[number];
  host.in_turn = false;
  const Link& link = links_[host.next++];
  ++host.begun;
  queue(number);
  return LinkTurn{number, std::span(wanted_).subspan(link.begin, link.end - link.begin)};
}

void LinkOrder::ended(std::size_t number) {
  --hosts_[number].begun;
  queue(number);
}

}  // namespace linkaudit::probes
