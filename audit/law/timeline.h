// What was known of a cell, and when that changed: the history that "since", "cured" and "overdue" are read from.
#pragma once

#include <cstdint>
#include <vector>

#include "audit/law/cell.h"

namespace linkaudit::law {

// Holds from `at` until the next moment begins.
struct Moment {
  Instant at{};
  const Run* holder = nullptr;  // whose word holds; in a dispute the newest; when stale, what was last known
  probes::Tier tier = probes::Tier::target;
  bool fresh = false, disputed = false, soft = false;
  std::uint32_t kind = 0;  // see kind.h

  bool settled() const { return fresh && !disputed && !soft; }
};

// In order of time, the last one holds at as-of. At each instant the highest tier with a fresh word wins. It begins
// with the first word; or, where words were left out, as early as it can be told without a gap; empty when it cannot at
// all.
std::vector<Moment> timeline(const Cell& cell, Instant as_of, Duration window);

// The same of one tier by itself, whatever the others say: what holds there, fresh or not. Empty where nobody has
// spoken. REQUIRES that nothing was left out.
std::vector<Moment> timeline(const Cell& cell, probes::Tier tier, Instant as_of, Duration window);

}  // namespace linkaudit::law
