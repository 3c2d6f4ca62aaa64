#include "audit/law/contradiction.h"

namespace linkaudit::law {

std::optional<Contradiction> contradiction(const LinkState& link) {
  const LinkHistory& history = *link.history;
  const Moment& winner = history.now();
  if (!winner.settled()) return std::nullopt;
  const auto satisfied = [&](probes::Tier tier) { return link.satisfied[static_cast<std::size_t>(tier)]; };
  const std::optional<bool> by_winner = satisfied(winner.tier);
  if (!by_winner) return std::nullopt;
  for (const probes::Tier tier : probes::kTiers) {
    const TierState& state = history.at(tier);
    if (tier <= winner.tier || !state.settled()) continue;
    const std::optional<bool> by_lower = satisfied(tier);
    const Instant since = outcome_since(history, tier).since;
    if (!by_lower || *by_lower == *by_winner || since <= winner.holder->last) continue;
    const Span& lower = *state.holder->span;
    return Contradiction{tier, lower.outcome, since, lower.last_entry};
  }
  return std::nullopt;
}

}  // namespace linkaudit::law
