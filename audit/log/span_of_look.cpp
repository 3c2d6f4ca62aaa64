#include "audit/log/span_of_look.h"

namespace linkaudit::log {

SpanRow span_of_look(const probes::Observation& seen, std::int64_t entry) {
  SpanRow span;
  span.link = seen.link;
  span.platform = seen.platform;
  span.context = seen.context;
  span.tier = seen.tier;
  span.source = seen.observer + '|' + seen.method + '|' + seen.vantage;
  span.attestation = seen.method == "attestation";
  span.valid_days = seen.valid_days;
  span.outcome = seen.outcome;
  span.blame = seen.blame;
  span.context_specific = seen.context_specific;
  span.steps = seen.steps;
  span.presentation = seen.presentation;
  span.network_failure = seen.failure && probes::is_network_failure(seen.failure->name);
  span.first = span.last = seen.at;
  span.first_entry = span.last_entry = entry;
  return span;
}

}  // namespace linkaudit::log
