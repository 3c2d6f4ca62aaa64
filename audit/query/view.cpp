#include "audit/query/view.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace linkaudit::query {
namespace {

// So many spans of each source tell most cells; where they do not, ever more before them.
constexpr std::int64_t kFew = 3;

// The links and contexts of a matrix's cells.
std::set<std::pair<std::string_view, std::string_view>> places_of(const law::Policy& policy,
                                                                  const std::vector<std::size_t>& cells) {
  std::set<std::pair<std::string_view, std::string_view>> places;
  for (const std::size_t cell : cells) {
    const std::string& context = policy.contexts[cell % policy.contexts.size()].id;
    for (const std::string& link : policy.platforms[cell / policy.contexts.size()].links) places.emplace(link, context);
  }
  return places;
}

}  // namespace

log::Horizon horizon_of(const catalog::Catalog& catalog, Instant as_of, std::optional<std::int64_t> known_entry) {
  log::Horizon horizon;
  horizon.as_of = as_of;
  horizon.known_entry = known_entry;
  horizon.simulated = catalog.simulated;
  return horizon;
}

Spans spans_at(const log::Log& log, const log::Horizon& horizon) {
  Spans spans;
  log::for_each_span(log, horizon, [&](const log::SpanRow& row) { spans.add(row); });
  return spans;
}

View look(const log::Log& log, const catalog::Catalog& catalog, Instant as_of,
          std::optional<std::int64_t> known_entry) {
  View view;
  view.horizon = horizon_of(catalog, as_of, known_entry);
  const Spans spans = spans_at(log, view.horizon);
  law::Policy policy = catalog::policy_of(catalog);
  if (known_entry) policy.waivers = waivers_known(log, view.horizon);
  view.findings = law::judge(policy, spans.list(), as_of);
  view.matrix = law::matrix(policy, spans.list(), as_of);
  view.waivers = waivers_shown(log, view.horizon, policy.waivers, law::waiver_uses(policy, view.findings, as_of));
  const auto in_force = [](const WaiverShown& shown) { return shown.state == ShownWaiver::in_force; };
  if (std::any_of(view.waivers.begin(), view.waivers.end(), in_force)) {
    policy.waivers.clear();
    view.without_waivers = law::judge(policy, spans.list(), as_of);
  }
  return view;
}

std::vector<law::Finding> findings_at(const log::Log& log, const catalog::Catalog& catalog, Instant as_of) {
  return findings_at(log, catalog::policy_of(catalog), horizon_of(catalog, as_of));
}

std::vector<law::Finding> findings_at(const log::Log& log, const law::Policy& policy, const log::Horizon& horizon) {
  const Spans spans = spans_at(log, horizon);
  return law::judge(policy, spans.list(), horizon.as_of, law::Detail::without_words);
}

MatrixView look_at_matrix(const log::Log& log, const catalog::Catalog& catalog, Instant as_of,
                          std::optional<std::int64_t> known_entry) {
  MatrixView view;
  view.horizon = horizon_of(catalog, as_of, known_entry);
  const law::Policy policy = catalog::policy_of(catalog);
  log::SpansBackwards backwards(log, view.horizon);
  Spans spans;
  const auto add = [&](const log::SpanRow& row) { spans.add(row); };
  backwards.next(
      kFew, [](const log::SpanRow&) { return true; }, add);
  law::NewestMatrix known = law::newest_matrix(policy, spans.list(), as_of);
  for (std::int64_t most = kFew; !known.wanting.empty(); most *= 2) {
    const auto places = places_of(policy, known.wanting);
    const auto wanted = [&](const auto& row) { return places.contains({row.link, row.context}); };
    spans.erase_if([&](const law::Span& span) { return !wanted(span); });
    backwards.next(most, wanted, add);
    law::NewestMatrix more = law::newest_matrix(policy, spans.list(), as_of);
    for (const std::size_t cell : known.wanting) known.cells[cell] = std::move(more.cells[cell]);
    known.wanting = std::move(more.wanting);
  }
  view.cells = std::move(known.cells);
  return view;
}

}  // namespace linkaudit::query
