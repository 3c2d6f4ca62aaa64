#include "audit/law/contradiction.h"

namespace linkaudit::law {

std::optional<Contradiction> contradiction(const LinkHistory& history, const Requires& required) {
  if (!history.now().settled()) return std::nullopt;
  const Moment& winner = history.now();
  const auto winner_satisfies = satisfies(required, *winner.holder->span);
  if (!winner_satisfies) return std::nullopt;
  for (const probes::Tier tier : probes::kTiers) {
    const TierState& state = history.at(tier);
    if (tier <= winner.tier || !state.fresh || state.disputed || state.soft) continue;
    const Span& lower = *state.holder->span;
    const auto lower_satisfies = satisfies(required, lower);
    const Instant since = outcome_since(history, tier).since;
    if (!lower_satisfies || *lower_satisfies == *winner_satisfies || since <= winner.holder->last) continue;
    return Contradiction{tier, lower.outcome, since, lower.last_entry};
  }
  return std::nullopt;
}

}  // namespace linkaudit::law
