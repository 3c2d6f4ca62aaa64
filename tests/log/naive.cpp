#include "tests/log/naive.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace linkaudit::log {
namespace {

std::string source_of(const probes::Observation& seen) {
  return seen.observer + "|" + seen.method + "|" + seen.vantage;
}

SpanRow row_of(const NumberedObservation& each) {
  const probes::Observation& seen = each.observation;
  SpanRow row;
  row.link = seen.link;
  row.platform = seen.platform;
  row.context = seen.context;
  row.tier = seen.tier;
  row.source = source_of(seen);
  row.attestation = seen.method == "attestation";
  row.valid_days = seen.valid_days;
  row.outcome = seen.outcome;
  row.blame = seen.blame;
  row.rule = seen.rule.id;
  row.context_specific = seen.context_specific;
  row.steps = seen.steps;
  row.presentation = seen.presentation;
  row.failure = seen.failure ? std::string(name(seen.failure->name)) : "";
  row.network_failure = seen.failure && probes::is_network_failure(seen.failure->name);
  row.first = row.last = seen.at;
  row.first_entry = row.last_entry = each.entry;
  return row;
}

bool same_state(const SpanRow& a, const SpanRow& b) {
  return std::tie(a.outcome, a.blame, a.rule, a.context_specific, a.steps, a.presentation, a.failure) ==
         std::tie(b.outcome, b.blame, b.rule, b.context_specific, b.steps, b.presentation, b.failure);
}

bool within(const NumberedObservation& each, const Horizon& horizon) {
  const probes::Observation& seen = each.observation;
  if (each.taken_back_by != 0 && each.taken_back_by <= horizon.known_entry.value_or(each.taken_back_by)) return false;
  return seen.at <= horizon.as_of && each.entry <= horizon.known_entry.value_or(each.entry) &&
         seen.simulated == horizon.simulated && !seen.link.empty();
}

}  // namespace

std::vector<SpanRow> naive_spans(std::vector<NumberedObservation> all, const Horizon& horizon) {
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tie(a.observation.at, a.entry) < std::tie(b.observation.at, b.entry);
  });
  std::map<std::tuple<std::string, std::string, probes::Tier, std::string>, std::vector<SpanRow>> streams;
  for (const NumberedObservation& each : all) {
    if (!within(each, horizon)) continue;
    const SpanRow row = row_of(each);
    auto& spans = streams[{row.link, row.context, row.tier, row.source}];
    if (spans.empty() || !same_state(spans.back(), row)) {
      spans.push_back(row);
      continue;
    }
    SpanRow& last = spans.back();
    last.last = row.last;
    last.last_entry = row.last_entry;
    last.valid_days = row.valid_days;
    ++last.count;
  }
  std::vector<SpanRow> rows;
  for (auto& [stream, spans] : streams) rows.insert(rows.end(), spans.begin(), spans.end());
  return rows;
}

}  // namespace linkaudit::log
