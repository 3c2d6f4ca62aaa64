#include "audit/law/placed.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <string_view>
#include <tuple>

namespace linkaudit::law {
namespace {

struct Place {
  std::uint32_t platform = 0, link = 0;
};

absl::flat_hash_map<std::string_view, Place> places_of_links(const Policy& policy) {
  absl::flat_hash_map<std::string_view, Place> places;
  for (std::uint32_t platform = 0; platform < policy.platforms.size(); ++platform) {
    const std::vector<std::string>& links = policy.platforms[platform].links;
    for (std::uint32_t link = 0; link < links.size(); ++link) places.emplace(links[link], Place{platform, link});
  }
  return places;
}

absl::flat_hash_map<std::string_view, std::size_t> places_of_contexts(const Policy& policy) {
  absl::flat_hash_map<std::string_view, std::size_t> places;
  for (std::size_t place = 0; place < policy.contexts.size(); ++place) places.emplace(policy.contexts[place].id, place);
  return places;
}

bool is_before(const PlacedSpan& left, const PlacedSpan& right) {
  return std::tie(left.platform, left.link) < std::tie(right.platform, right.link);
}

bool of_one_link(const PlacedSpan& left, const PlacedSpan& right) {
  return left.platform == right.platform && left.link == right.link;
}

}  // namespace

std::vector<std::vector<PlacedSpan>> placed_by_context(const Policy& policy, std::span<const Span> spans,
                                                       Instant as_of) {
  std::vector<std::vector<PlacedSpan>> placed(policy.contexts.size());
  const auto links = places_of_links(policy);
  const auto contexts = places_of_contexts(policy);
  for (const Span& span : spans) {
    if (span.first > as_of) continue;
    const auto link = links.find(span.link);
    const auto context = contexts.find(span.context);
    if (link == links.end() || context == contexts.end()) continue;
    placed[context->second].push_back({&span, link->second.platform, link->second.link});
  }
  for (auto& of_context : placed) {
    if (!std::is_sorted(of_context.begin(), of_context.end(), is_before)) {
      std::sort(of_context.begin(), of_context.end(), is_before);
    }
  }
  return placed;
}

std::vector<std::span<const PlacedSpan>> parts_of(std::span<const PlacedSpan> spans) {
  constexpr std::size_t kSpans = 4096;
  std::vector<std::span<const PlacedSpan>> parts;
  while (!spans.empty()) {
    std::size_t end = std::min(kSpans, spans.size());
    while (end < spans.size() && of_one_link(spans[end - 1], spans[end])) ++end;
    parts.push_back(spans.first(end));
    spans = spans.subspan(end);
  }
  return parts;
}

}  // namespace linkaudit::law
