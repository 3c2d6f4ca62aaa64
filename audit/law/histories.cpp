#include "audit/law/histories.h"

#include <algorithm>
#include <unordered_map>

namespace linkaudit::law {
namespace {

struct Place {
  std::size_t platform = 0, link = 0;
};

std::unordered_map<std::string_view, Place> places_of_links(const Policy& policy) {
  std::unordered_map<std::string_view, Place> places;
  for (std::size_t platform = 0; platform < policy.platforms.size(); ++platform) {
    const std::vector<std::string>& links = policy.platforms[platform].links;
    for (std::size_t link = 0; link < links.size(); ++link) places.emplace(links[link], Place{platform, link});
  }
  return places;
}

std::unordered_map<std::string_view, std::size_t> places_of_contexts(const Policy& policy) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t place = 0; place < policy.contexts.size(); ++place) places.emplace(policy.contexts[place].id, place);
  return places;
}

}  // namespace

Histories::Histories(const Policy& policy, std::span<const Span> spans, Instant as_of)
    : cells_(cells_of(spans, as_of, policy.settings)),
      contexts_(policy.contexts.size()),
      pairs_(policy.platforms.size() * policy.contexts.size()) {
  const Duration window = std::chrono::hours(24) * policy.settings.dispute_days;
  const auto links = places_of_links(policy);
  const auto contexts = places_of_contexts(policy);
  for (const Cell& cell : cells_) {
    const auto link = links.find(cell.link);
    const auto context = contexts.find(cell.context);
    if (link == links.end() || context == contexts.end()) continue;
    const Place& place = link->second;
    const std::size_t pair = place.platform * contexts_ + context->second;
    LinkHistory history = link_history(link->first, cell, as_of, window);
    if (history.moments.empty()) {
      wanting_.push_back(pair);
    } else {
      pairs_[pair].push_back({place.link, std::move(history)});
    }
  }
  const auto by_place = [](const KnownLink& left, const KnownLink& right) { return left.place < right.place; };
  for (auto& known : pairs_) std::sort(known.begin(), known.end(), by_place);
}

}  // namespace linkaudit::law
