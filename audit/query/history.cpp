#include "audit/query/history.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace linkaudit::query {

std::vector<HistorySpan> history_of(std::vector<log::SpanRow> spans) {
  std::stable_sort(spans.begin(), spans.end(), [](const log::SpanRow& left, const log::SpanRow& right) {
    return std::tie(left.tier, left.first, left.first_entry) < std::tie(right.tier, right.first, right.first_entry);
  });
  std::vector<HistorySpan> history;
  std::map<std::pair<probes::Tier, std::string>, std::size_t> newest;  // of each source
  for (log::SpanRow& span : spans) {
    const auto [before, first] = newest.try_emplace({span.tier, span.source}, history.size());
    if (!first) history[std::exchange(before->second, history.size())].ended_by = span.first_entry;
    history.push_back({std::move(span), std::nullopt});
  }
  return history;
}

}  // namespace linkaudit::query
