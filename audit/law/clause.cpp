#include "audit/law/clause.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

using probes::Blame;
using probes::Outcome;

bool accepts(const Requires& required, Outcome outcome) {
  if (required.outcomes.empty()) return opens(outcome);
  return std::find(required.outcomes.begin(), required.outcomes.end(), outcome) != required.outcomes.end();
}

}  // namespace

Clause::Clause(const Obligation& of) : obligation(&of), effective(start_of_day(of.effective, of.zone)) {
  if (of.until) until = start_of_day(*of.until, of.zone);
}

Clause Clause::in(const JudgedContext& context) const {
  Clause clause = *this;
  clause.shared_gateway = context.shared_gateway;
  return clause;
}

bool Clause::can_confirm(probes::Tier tier) const {
  if (tier == probes::Tier::gateway && shared_gateway) return false;
  return tier <= obligation->tier;
}

bool opens(Outcome outcome) {
  return outcome == Outcome::direct || outcome == Outcome::confirm;
}

int steps_of(const Span& word) {
  return word.steps.value_or(word.outcome == Outcome::direct ? 0 : 1);
}

std::optional<bool> satisfies(const Requires& required, const Span& word) {
  if (!probes::opens_directly(word.outcome)) return std::nullopt;
  const bool parity_alone = required.outcomes.empty() && !required.max_steps && !required.parity.empty();
  if (parity_alone) return true;
  if (!accepts(required, word.outcome)) return false;
  if (!required.max_steps) return true;
  return opens(word.outcome) && steps_of(word) <= *required.max_steps;
}

probes::Blame blame_of(const Span& word) {
  const bool nobody_named = word.attestation && word.blame == Blame::none;
  const bool in_the_way = probes::opens_directly(word.outcome) == false || word.steps.value_or(0) > 0;
  return nobody_named && in_the_way ? Blame::host : word.blame;
}

Verdict verdict(const Clause& clause, const Span& word) {
  const std::optional<bool> satisfied = satisfies(clause.obligation->requires_, word);
  if (!satisfied) return {};
  if (!*satisfied) return verdict_of_failing(clause, word, blame_of(word));
  return verdict_of_satisfying(clause, word.tier);
}

Verdict verdict_of_failing(const Clause& clause, const Span& word, probes::Blame blame) {
  if (blame != Blame::host && blame != Blame::platform) return {};
  const bool bound = blame == Blame::host ? clause.obligation->binds_host : clause.obligation->binds_platform;
  if (!bound || word.context_specific == false) return {Status::undetermined, Status::breached};
  return {Status::breached, std::nullopt};
}

Verdict verdict_of_satisfying(const Clause& clause, probes::Tier tier) {
  if (clause.can_confirm(tier)) return {Status::met, std::nullopt};
  return {Status::undetermined, Status::met};
}

}  // namespace linkaudit::law
