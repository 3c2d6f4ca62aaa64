// The members of a parity as they stand at an instant, moved forward in time from one change to the next.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "audit/law/parity.h"
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
  Standings(const std::vector<ParityMember>& members, const Clause& clause);

  // What a member shows at a tier from now on; nothing where that cannot be compared.
  void show(std::size_t member, probes::Tier tier, const Span* word);
  // Has the yardstick of the tier moved since this was last asked?
  bool moved(probes::Tier tier);

  // `word` of the member against what the other platforms show at the word's tier.
  Comparison compare(std::size_t member, const Span& word) const;
  // Those it is compared with at a tier, the best treated first.
  std::vector<Compared> others(std::size_t member, probes::Tier tier) const;

 private:
  struct Shown {
    std::optional<Treatment> treatment;
    const Span* word = nullptr;
  };
  using ByTier = std::array<Shown, probes::kTiers.size()>;

  const Shown& shown(std::size_t member, probes::Tier tier) const {
    return shown_[member][static_cast<std::size_t>(tier)];
  }

  const Clause& clause_;
  std::vector<std::size_t> platform_of_;     // by member
  std::vector<std::string_view> platforms_;  // in the order of the members
  std::vector<std::size_t> first_member_;    // by platform, and one past the last member
  std::vector<ByTier> shown_;                // by member
  std::vector<Yardstick> yardsticks_;        // by tier
  std::array<bool, probes::kTiers.size()> moved_{};
};

}  // namespace linkaudit::law
