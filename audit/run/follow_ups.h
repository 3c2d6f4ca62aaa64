// Looks beyond the timetable: again soon after a soft outcome, and at times of their own at cells in dispute or stale.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/run/dealt.h"
#include "audit/run/plan.h"

namespace linkaudit::run {

struct FollowUp {
  probes::Target cell;
  std::string schedule;  // "daily/confirm", "daily/recheck"
  Instant planned{};
};

// All that is given must outlive it. Reads the newest spans of the log when first asked.
class FollowUps {
 public:
  FollowUps(const catalog::Catalog& catalog, const log::Log& log, const CellNumbers& numbers, Instant now);

  // The cell is looked at anyway.
  void skip(const probes::Target& cell);

  // What is due of these cells and was not dealt with; no cell twice, whatever asks for it. A recheck counts from the
  // begin of the era on.
  std::vector<FollowUp> of(const catalog::ScheduleEntry& schedule, const std::vector<probes::Target>& cells,
                           Instant era_begin);

  // When the next one may be due, as far as that is known.
  std::optional<Instant> next() const { return next_; }

 private:
  struct Look {             // the newest of a cell
    Instant own{}, any{};   // by our prober, by anybody
    Instant fresh_until{};  // of the word that stays fresh the longest
    bool soft = false;      // our prober's: seen once, and resting on a failure of the network
    bool known = false;
  };

  void read();
  void confirm(const catalog::ScheduleEntry& schedule, const std::vector<probes::Target>& cells,
               std::vector<FollowUp>& found);
  void recheck(const catalog::ScheduleEntry& schedule, const std::vector<probes::Target>& cells, Instant era_begin,
               std::vector<FollowUp>& found);
  void take(const probes::Target& cell, const std::string& schedule, Instant planned, std::vector<FollowUp>& found);

  const catalog::Catalog& catalog_;
  const log::Log& log_;
  const CellNumbers& numbers_;
  Instant now_;
  std::vector<bool> skipped_;
  std::vector<Look> looks_;  // by the cell's number, once read
  std::optional<Instant> next_;
};

}  // namespace linkaudit::run
