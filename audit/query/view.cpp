#include "audit/query/view.h"

#include <utility>

namespace linkaudit::query {
namespace {

law::Span law_span(log::SpanRow row) {
  law::Span span;
  span.link = std::move(row.link);
  span.context = std::move(row.context);
  span.tier = row.tier;
  span.source = std::move(row.source);
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
  return span;
}

}  // namespace

log::Horizon horizon_of(const catalog::Catalog& catalog, Instant as_of, std::optional<std::int64_t> known_entry) {
  log::Horizon horizon;
  horizon.as_of = as_of;
  horizon.known_entry = known_entry;
  horizon.simulated = catalog.simulated;
  return horizon;
}

View look(const log::Log& log, const catalog::Catalog& catalog, Instant as_of,
          std::optional<std::int64_t> known_entry) {
  View view;
  view.horizon = horizon_of(catalog, as_of, known_entry);
  for (log::SpanRow& row : log::spans(log, view.horizon)) view.spans.push_back(law_span(std::move(row)));
  const law::Policy policy = catalog::policy_of(catalog);
  view.findings = law::judge(policy, view.spans, as_of);
  view.matrix = law::matrix(policy, view.spans, as_of);
  return view;
}

}  // namespace linkaudit::query
