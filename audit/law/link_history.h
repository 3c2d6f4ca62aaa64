// What is known of one link in one context, read once for all clauses.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "audit/law/timeline.h"
#include "audit/law/words_at.h"

namespace linkaudit::law {

struct LinkHistory {
  std::string_view link;
  const Cell* cell = nullptr;                          // never nothing
  std::vector<Moment> moments;                         // never empty; the last holds at as-of
  std::vector<WordAt> fresh;                           // words at as-of, by tier, then source
  std::array<TierState, probes::kTiers.size()> tiers;  // at as-of

  const Moment& now() const { return moments.back(); }
  bool is_fresh() const { return now().fresh; }
  bool disputed() const { return now().disputed; }
  const TierState& at(probes::Tier tier) const { return tiers[static_cast<std::size_t>(tier)]; }
};

LinkHistory link_history(std::string_view link, const Cell& cell, Instant as_of, Duration window);

// Since when a state has been seen, and the entry that first showed it.
struct Beginning {
  Instant since{};
  std::int64_t entry = 0;
};

// Of the outcome that holds, whatever any law says of it; of a dispute, when it broke out.
Beginning outcome_since(const LinkHistory& history);

// Of the outcome that holds at one tier, as the sources that still say so have seen it without a break. REQUIRES that
// somebody has spoken at that tier.
Beginning outcome_since(const LinkHistory& history, probes::Tier tier);

}  // namespace linkaudit::law
