#include "audit/law/clause.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

using probes::Blame;
using probes::Outcome;

bool opens(Outcome outcome) {
  return outcome == Outcome::direct || outcome == Outcome::confirm;
}

int steps_of(const Span& word) {
  return word.steps.value_or(word.outcome == Outcome::direct ? 0 : 1);
}

bool accepts(const Requires& required, Outcome outcome) {
  if (required.outcomes.empty()) return opens(outcome);
  return std::find(required.outcomes.begin(), required.outcomes.end(), outcome) != required.outcomes.end();
}

Verdict verdict_of_refusal(const Obligation& obligation, const Span& word) {
  const Blame blame = blame_of(word);
  if (blame != Blame::host && blame != Blame::platform) return {};
  const bool bound = blame == Blame::host ? obligation.binds_host : obligation.binds_platform;
  if (!bound || word.context_specific == false) return {Status::undetermined, Status::breached};
  return {Status::breached, std::nullopt};
}

}  // namespace

Clause::Clause(const Obligation& of) : obligation(&of), effective(start_of_day(of.effective, of.zone)) {
  if (of.until) until = start_of_day(*of.until, of.zone);
}

std::optional<bool> satisfies(const Requires& required, const Span& word) {
  const bool tells = probes::opens_directly(word.outcome).has_value();
  if (!tells || !required.parity.empty()) return std::nullopt;
  if (!accepts(required, word.outcome)) return false;
  if (!required.max_steps) return true;
  return opens(word.outcome) && steps_of(word) <= *required.max_steps;
}

probes::Blame blame_of(const Span& word) {
  const bool nobody_named = word.attestation && word.blame == Blame::none;
  const bool in_the_way = probes::opens_directly(word.outcome) == false || word.steps.value_or(0) > 0;
  return nobody_named && in_the_way ? Blame::host : word.blame;
}

Verdict verdict(const Obligation& obligation, const Span& word) {
  const std::optional<bool> satisfied = satisfies(obligation.requires_, word);
  if (!satisfied) return {};
  if (!*satisfied) return verdict_of_refusal(obligation, word);
  if (can_confirm(obligation, word.tier)) return {Status::met, std::nullopt};
  return {Status::undetermined, Status::met};
}

bool can_confirm(const Obligation& obligation, probes::Tier tier) {
  return tier <= obligation.tier;
}

}  // namespace linkaudit::law
