#include "audit/query/view.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace linkaudit::query {
namespace {

law::Span law_span(const log::SpanRow& row) {
  law::Span span;
  span.link = row.link;
  span.context = row.context;
  span.tier = row.tier;
  span.source = row.source;
  span.attestation = row.attestation;
  span.valid_days = row.valid_days;
  span.outcome = row.outcome;
  span.blame = row.blame;
  span.context_specific = row.context_specific;
  span.steps = row.steps;
  span.presentation = row.presentation;
  span.network_failure = row.network_failure;
  span.first = row.first;
  span.last = row.last;
  span.count = row.count;
  span.first_entry = row.first_entry;
  span.last_entry = row.last_entry;
  span.earlier = row.earlier;
  return span;
}

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

std::vector<law::Span> spans_at(const log::Log& log, const log::Horizon& horizon) {
  std::vector<law::Span> spans;
  for (const log::SpanRow& row : log::spans(log, horizon)) spans.push_back(law_span(row));
  return spans;
}

View look(const log::Log& log, const catalog::Catalog& catalog, Instant as_of,
          std::optional<std::int64_t> known_entry) {
  View view;
  view.horizon = horizon_of(catalog, as_of, known_entry);
  view.spans = spans_at(log, view.horizon);
  law::Policy policy = catalog::policy_of(catalog);
  view.findings = law::judge(policy, view.spans, as_of);
  view.matrix = law::matrix(policy, view.spans, as_of);
  view.waivers = law::waiver_uses(policy, view.findings, as_of);
  const auto in_force = [](const law::WaiverUse& use) { return use.state == law::WaiverState::in_force; };
  if (std::any_of(view.waivers.begin(), view.waivers.end(), in_force)) {
    policy.waivers.clear();
    view.without_waivers = law::judge(policy, view.spans, as_of);
  }
  return view;
}

MatrixView look_at_matrix(const log::Log& log, const catalog::Catalog& catalog, Instant as_of,
                          std::optional<std::int64_t> known_entry) {
  MatrixView view;
  view.horizon = horizon_of(catalog, as_of, known_entry);
  const law::Policy policy = catalog::policy_of(catalog);
  log::SpansBackwards backwards(log, view.horizon);
  std::vector<law::Span> spans;
  const auto add = [&](const log::SpanRow& row) { spans.push_back(law_span(row)); };
  backwards.next(
      kFew, [](const log::SpanRow&) { return true; }, add);
  law::NewestMatrix known = law::newest_matrix(policy, spans, as_of);
  for (std::int64_t most = kFew; !known.wanting.empty(); most *= 2) {
    const auto places = places_of(policy, known.wanting);
    const auto wanted = [&](const auto& row) { return places.contains({row.link, row.context}); };
    std::erase_if(spans, [&](const law::Span& span) { return !wanted(span); });
    backwards.next(most, wanted, add);
    law::NewestMatrix more = law::newest_matrix(policy, spans, as_of);
    for (const std::size_t cell : known.wanting) known.cells[cell] = std::move(more.cells[cell]);
    known.wanting = std::move(more.wanting);
  }
  view.cells = std::move(known.cells);
  return view;
}

}  // namespace linkaudit::query
