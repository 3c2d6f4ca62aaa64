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
  const Cell* cell = nullptr;                          // never nothing
  std::vector<Moment> moments;                         // never empty; the last holds at as-of
  std::vector<std::size_t> kinds;                      // a moment of each kind, by its place
  std::vector<WordAt> fresh;                           // words at as-of, by tier, then source
  std::array<TierState, probes::kTiers.size()> tiers;  // at as-of
  Duration window{};                                   // of disputes

  const Moment& now() const { return moments.back(); }
  bool is_fresh() const { return now().fresh; }
  bool disputed() const { return now().disputed; }
  const TierState& at(probes::Tier tier) const { return tiers[static_cast<std::size_t>(tier)]; }
};

LinkHistory link_history(std::string_view link, const Cell& cell, Instant as_of, Duration window);

}  // namespace linkaudit::law
