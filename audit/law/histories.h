// The history of every link of a policy of which anything is known in one context.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audit/law/link_history.h"
#include "audit/law/placed.h"

namespace linkaudit::law {

struct KnownLink {
  std::size_t place = 0;  // in the platform's list
  LinkHistory history;
};

// Points into the policy and the spans, which must outlive it. The largest thing that judging makes: one context's at a
// time are enough.
class Histories {
 public:
  // `spans`: of one context, as placed_by_context() has them.
  Histories(const Policy& policy, std::span<const PlacedSpan> spans, Instant as_of);
  Histories(const Histories&) = delete;
  Histories& operator=(const Histories&) = delete;

  // In the order of the platform's links. `platform` is a place in the policy's list.
  const std::vector<KnownLink>& of(std::size_t platform) const { return platforms_[platform]; }

  // Platforms of which too much was left out to say what holds now, ascending, some twice.
  const std::vector<std::size_t>& wanting() const { return wanting_; }

 private:
  std::vector<Cell> cells_;  // never moved: the histories point into it
  std::vector<std::vector<KnownLink>> platforms_;
  std::vector<std::size_t> wanting_;
};

}  // namespace linkaudit::law
