// How many findings stand how. Counts, with what they are counted of; nothing is averaged.
#pragma once

#include <cstdint>
#include <map>
#include <span>

#include "audit/law/judge.h"

namespace linkaudit::query {

struct Totals {
  std::int64_t findings = 0;
  std::int64_t in_force = 0;   // of clauses that ask something now, waived or not: what shares are taken of
  std::int64_t confirmed = 0;  // of the breached
  std::map<law::Status, std::int64_t> counts;

  std::int64_t of(law::Status status) const;
};

Totals totals_of(std::span<const law::Finding> findings);

}  // namespace linkaudit::query
