// The yardsticks of links that are alike as they stand at an instant, moved forward in time from one change to the
// next.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "audit/law/alike.h"
#include "audit/law/yardstick.h"

namespace linkaudit::law {

// What the clause says of a link at an instant, and who is to blame.
struct Comparison {
  Verdict verdict;
  std::optional<bool> satisfied;
  probes::Blame blame = probes::Blame::unknown;
};

class Standings {
 public:
  // Points to both; at first nobody has been seen.
  Standings(const Alike& alike, const Clause& clause);

  // When the next change comes; nothing after the last.
  std::optional<Instant> next() const;
  // Makes the changes up to `now`, inclusive.
  void advance(Instant now);
  // Has the yardstick of the tier moved since this was last asked?
  bool moved(probes::Tier tier);

  // `word` of the platform against what the others show at the word's tier.
  Comparison compare(std::uint32_t platform, const Span& word) const;

 private:
  const Alike* alike_;
  const Clause* clause_;
  std::size_t turns_ = 0;              // made
  std::vector<Yardstick> yardsticks_;  // by tier
  std::array<bool, probes::kTiers.size()> moved_{};
};

}  // namespace linkaudit::law
