// planned = observed + gaps, by reason: what every report and every run prints.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "audit/log/read.h"

namespace linkaudit::query {

struct Accounting {
  std::int64_t planned = 0;                  // looks that were planned: observed + all gaps
  std::int64_t observed = 0;                 // by probes
  std::map<std::string, std::int64_t> gaps;  // reason -> how many
  std::int64_t attestations = 0;             // what persons saw; never planned
  std::int64_t runs = 0;

  std::int64_t gaps_in_all() const;
};

Accounting account(const log::Log& log, const log::Horizon& horizon);

}  // namespace linkaudit::query
