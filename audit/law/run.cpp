#include "audit/law/run.h"

#include <algorithm>

namespace linkaudit::law {

Run run_of(const Span& span, Instant as_of, const JudgementSettings& settings) {
  Run run;
  run.span = &span;
  run.first = span.first;
  run.last = std::max(span.first, std::min(span.last, as_of));
  if (span.count > 1) run.step = (run.last - run.first) / (span.count - 1);
  const int usual = span.attestation ? settings.ttl_days_attestation : settings.ttl_days_probe;
  run.fresh_for = std::chrono::hours(24) * std::max(0, span.valid_days.value_or(usual));
  return run;
}

std::optional<Run> repeated(const Run& run) {
  if (run.span->count < 2) return std::nullopt;
  Run rest = run;
  rest.first = run.first + run.step;
  return rest;
}

Instant seen_before(const Run& run, Instant now) {
  if (now >= run.last) return run.last;
  // Observations closer than a millisecond: every instant has one.
  if (run.step == Duration::zero()) return run.span->count > 1 ? now : run.first;
  return run.first + (now - run.first) / run.step * run.step;
}

std::optional<Instant> seen_after(const Run& run, Instant now) {
  if (now <= run.first) return run.first;
  if (now > run.last) return std::nullopt;
  if (run.step == Duration::zero()) return now;
  const auto steps = (now - run.first + run.step - Duration(1)) / run.step;
  return std::min(run.last, run.first + steps * run.step);
}

}  // namespace linkaudit::law
