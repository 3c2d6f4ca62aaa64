// planned = observed + gaps, by reason: what every report and every run prints.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/log/read.h"

namespace linkaudit::query {

struct Accounting {
  std::int64_t planned = 0;                  // looks that were planned: observed + all gaps
  std::int64_t observed = 0;                 // by probes
  std::map<std::string, std::int64_t> gaps;  // reason -> how many
  std::int64_t attestations = 0;             // what persons saw; never planned
  std::int64_t withdrawn = 0;                // looks that count no more, since their entry was withdrawn or corrected
  std::int64_t runs = 0;

  std::int64_t gaps_in_all() const;
};

// From `since` on, inclusive, where it is given.
Accounting account(const log::Log& log, const log::Horizon& horizon, std::optional<log::Instant> since = std::nullopt);

enum class PeriodLength { day, month };

// A day ("2022-01-27") or month ("2022-01") of a zone's calendar, cut at the horizon and at `since`.
struct Period {
  std::string name;
  Accounting accounting;
};

// In order of time; periods in which nothing was planned, seen or run are left out. They add up to account().
std::vector<Period> account_by_period(const log::Log& log, const log::Horizon& horizon,
                                      std::optional<log::Instant> since, PeriodLength length, const std::string& zone);

}  // namespace linkaudit::query
