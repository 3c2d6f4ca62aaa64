// What is due, from the catalogs that planned, what the log has dealt with, and now. Reads the log; probes nothing.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/run/cell_fires.h"
#include "audit/run/dealt.h"
#include "audit/run/eras.h"
#include "audit/run/plan.h"

namespace linkaudit::run {

struct PlannedLook {
  probes::Target cell;
  PlannedFire fire;
};

// For each schedule and each of its cells: the planned fires of all eras since the last one dealt with. Each of them is
// in the plan, to be looked at or left out, so that none is lost; and none that was dealt with, so that none is twice.
// All that is given must outlive the planner, and the catalog the plans.
class Planner {
 public:
  Planner(const catalog::Catalog& catalog, const log::Log& log, Shelf& shelf);

  // What is due at `now`: of the schedule named, or of all; `selection` narrows what they select. Nothing for a catalog
  // that is not the log's newest era (begin_era). A cell's follow-ups are planned when they are due, unless the cell is
  // looked at anyway; their schedules are called daily/confirm and daily/recheck.
  Plan due(Instant now, const catalog::Selection& selection = {}, const std::string& schedule = {});

  // What came due at the plan's cells while it was carried out, up to `ended`, and is left out as `overlap` because its
  // schedule says so. Does not read the log.
  Plan overlapped(const Plan& plan, Instant planned_at, Instant ended) const;

  // All that is planned up to `until` at those cells which the catalog of the next era, starting then, does not have
  // under the same schedule: `missed`.
  Plan given_up(const catalog::Catalog& next, Instant until);

 private:
  using Cells = std::vector<probes::Target>;
  using Rounds = std::vector<std::vector<PlannedLook>>;
  struct Sorted {  // cells of a schedule with their fires
    Cells cells;
    std::vector<Instant> froms;  // by the cell's place: the newest fire dealt with there, or since when it is planned
    CellFires fires;
  };

  Cells cells_of(const catalog::ScheduleEntry& schedule, const catalog::Selection& selection) const;
  Sorted sorted(const catalog::ScheduleEntry& schedule, Cells cells, Instant until);
  void add(const catalog::ScheduleEntry& schedule, Cells cells, Instant now, Plan& plan, Rounds& rounds);
  void add_follow_ups(const catalog::Selection& selection, const std::string& only, Instant now, Plan& plan,
                      Rounds& rounds);

  const catalog::Catalog& catalog_;
  const log::Log& log_;
  Eras eras_;
  CellNumbers numbers_;
};

}  // namespace linkaudit::run
