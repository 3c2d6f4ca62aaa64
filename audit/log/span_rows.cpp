#include "audit/log/span_rows.h"

#include "audit/log/projector.h"

namespace linkaudit::log {

StreamRow stream_from(const Query& query) {
  StreamRow stream;
  stream.number = query.integer(0);
  stream.row.link = query.text(1);
  stream.row.platform = query.text(2);
  stream.row.context = query.text(3);
  stream.row.tier = probes::tier_from(query.text(4)).value_or(probes::Tier::target);
  const std::string method = query.text(6);
  stream.row.source = query.text(5) + "|" + method + "|" + query.text(7);
  stream.row.attestation = method == "attestation";
  return stream;
}

KeptSpan kept_span_from(const Query& query, int column) {
  return {query.integer(column),
          query.integer(column + 1),
          query.integer(column + 2),
          query.integer(column + 3),
          query.integer(column + 4),
          query.integer(column + 5),
          query.optional_integer(column + 6)};
}

SpanRow SpanRows::row(const StreamRow& stream, const KeptSpan& span) {
  SpanRow row = stream.row;
  fill(row, span);
  return row;
}

void SpanRows::fill(SpanRow& row, const KeptSpan& span) {
  const State& shown = state(span.state);
  row.outcome = shown.outcome;
  row.blame = shown.blame;
  row.rule = shown.rule;
  row.context_specific = shown.context_specific;
  row.steps = shown.steps;
  row.presentation = shown.presentation;
  row.failure = shown.failure ? name(*shown.failure) : std::string_view();
  row.network_failure = shown.failure && probes::is_network_failure(*shown.failure);
  row.first = instant_of(span.first);
  row.first_entry = span.first_entry;
  row.last = instant_of(span.last);
  row.last_entry = span.last_entry;
  row.count = span.count;
  row.valid_days = span.valid_days ? std::optional<int>(static_cast<int>(*span.valid_days)) : std::nullopt;
}

void SpanRows::cut(std::int64_t stream, Instant as_of, KeptSpan& span) {
  Query query = connection_.query(
      "SELECT at, entry, nth, valid_days FROM observation WHERE stream = ? AND at <= ? AND nth > 0 "
      "ORDER BY at DESC, entry DESC LIMIT 1");
  if (!query.with(stream, milliseconds_of(as_of)).step()) return;
  span.last = query.integer(0);
  span.last_entry = query.integer(1);
  span.count = query.integer(2);
  span.valid_days = query.optional_integer(3);
}

const State& SpanRows::state(std::int64_t number) {
  const auto [place, fresh] = states_.try_emplace(number);
  if (fresh) {
    Query query = connection_.query(
        "SELECT outcome, blame, rule, context_specific, steps, presentation, failure FROM state WHERE id = ?");
    if (query.with(number).step()) place->second = state_from(query, 0);
  }
  return place->second;
}

}  // namespace linkaudit::log
