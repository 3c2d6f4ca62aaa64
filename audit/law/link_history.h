// What is known of one link in one context, read once for all clauses.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "audit/law/timeline.h"
#include "audit/law/words_at.h"

namespace linkaudit::law {

struct LinkHistory {
  std::string_view link;
  const Cell* cell = nullptr;   // nothing when it has never been looked at; then the rest is empty
  std::vector<Moment> moments;  // the last holds at as-of
  std::vector<WordAt> fresh;    // words at as-of, by tier, source and time
  std::array<TierState, probes::kTiers.size()> tiers;  // at as-of

  bool known() const { return !moments.empty(); }
  bool is_fresh() const { return known() && moments.back().fresh; }
  bool disputed() const { return known() && moments.back().disputed; }
  const TierState& at(probes::Tier tier) const { return tiers[static_cast<std::size_t>(tier)]; }
};

LinkHistory link_history(std::string_view link, const Cell* cell, Instant as_of, Duration window);

// Since when a state has been seen, and the entry that first showed it.
struct Beginning {
  Instant since{};
  std::int64_t entry = 0;
};

// Of the outcome that holds, whatever any law says of it; of a dispute, when it broke out. REQUIRES known().
Beginning outcome_since(const LinkHistory& history);

// Of the outcome that holds at one tier, as the sources that still say so have seen it without a break.
Beginning outcome_since(const LinkHistory& history, probes::Tier tier);

}  // namespace linkaudit::law
