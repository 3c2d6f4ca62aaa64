#include "audit/law/histories.h"

namespace linkaudit::law {
namespace {

bool same_link(const PlacedSpan& left, const PlacedSpan& right) {
  return left.platform == right.platform && left.link == right.link;
}

// How many links of each platform are spoken of.
std::vector<std::size_t> links_known(std::span<const PlacedSpan> spans, std::size_t platforms) {
  std::vector<std::size_t> links(platforms);
  for (std::size_t at = 0; at < spans.size(); ++at) {
    if (at == 0 || !same_link(spans[at - 1], spans[at])) ++links[spans[at].platform];
  }
  return links;
}

}  // namespace

Histories::Histories(const Policy& policy, std::span<const PlacedSpan> spans, Instant as_of)
    : platforms_(policy.platforms.size()) {
  const Duration window = std::chrono::hours(24) * policy.settings.dispute_days;
  const std::vector<std::size_t> known = links_known(spans, platforms_.size());
  std::size_t cells = 0;
  for (std::size_t platform = 0; platform < known.size(); ++platform) {
    platforms_[platform].reserve(known[platform]);
    cells += known[platform];
  }
  cells_.reserve(cells);
  std::vector<const Span*> of_cell;
  for (auto span = spans.begin(); span != spans.end();) {
    const PlacedSpan& first = *span;
    of_cell.clear();
    for (; span != spans.end() && same_link(first, *span); ++span) of_cell.push_back(span->span);
    const Cell& cell = cells_.emplace_back(cell_of(of_cell, as_of, policy.settings));
    const std::string& link = policy.platforms[first.platform].links[first.link];
    LinkHistory history = link_history(link, cell, as_of, window);
    if (history.moments.empty()) {
      wanting_.push_back(first.platform);
    } else {
      platforms_[first.platform].push_back({first.link, std::move(history)});
    }
  }
}

}  // namespace linkaudit::law
