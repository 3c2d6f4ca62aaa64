#include "probes/observation_of.h"

namespace linkaudit::probes {
namespace {

ControlResult control_of(const LegSeen& control) {
  ControlResult result;
  result.outcome = control_outcome(control.verdict);
  result.end = control.verdict.end;
  result.rule = control.verdict.rule;
  result.hops = control.hops;
  result.page = control.page;
  result.failure = control.verdict.failure;
  return result;
}

// "tcp_reset,http_status 503": why it was tried so many times.
std::string names_of(const std::vector<Attempt>& attempts) {
  std::string names;
  for (const auto& [at, url, address, failure] : attempts) {
    if (!names.empty()) names += ',';
    names += name(failure.name);
    if (failure.name == FailureName::http_status) names += " " + std::to_string(failure.code);
  }
  return names;
}

}  // namespace

Observation observation_of(const Target& target, const std::string& platform, const ProberSettings& settings,
                           const LegSeen& context, const LegSeen& control, const Judged& judged) {
  Observation seen;
  seen.at = context.at;
  seen.link = target.link->id;
  seen.url = target.link->url;
  seen.platform = platform;
  seen.context = target.context->id;
  seen.method = "http";
  seen.tier = target.context->gateway ? Tier::gateway : Tier::target;
  seen.vantage = settings.vantage;
  seen.simulated = settings.simulated;
  seen.outcome = judged.outcome;
  seen.steps = judged.steps;
  seen.rule = judged.rule;
  seen.blame = judged.blame;
  seen.context_specific = judged.context_specific;
  seen.hard = judged.hard;
  seen.failure = judged.failure;
  seen.hops = context.hops;
  seen.page = context.page;
  seen.control = control_of(control);
  seen.facts = facts_of_legs(control.verdict, context.verdict);
  if (!context.earlier.empty()) seen.facts["earlier_failures"] = names_of(context.earlier);
  seen.attempt = context.attempts;
  seen.notes = judged.notes;
  return seen;
}

}  // namespace linkaudit::probes
