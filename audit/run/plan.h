// Which cells to look at now: all of a selection, or what schedules say is due. Reads the log; probes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/read.h"
#include "probes/subject.h"

namespace linkaudit::run {

using Instant = probes::Instant;

// Points into the catalog it was made from.
struct Plan {
  std::vector<probes::Target> targets;
  std::vector<log::Fire> fires;  // of the schedules they are due by, one a target; none when looked at by hand
  std::vector<log::Gap> gaps;    // planned fires that can no longer be looked at, and links without a URL

  std::optional<log::Fire> fire_of(std::size_t target) const {
    return fires.empty() ? std::nullopt : std::optional(fires[target]);
  }
  std::size_t planned() const { return targets.size() + gaps.size(); }
};

// Every cell of the selection, by hand.
Plan plan_all(const catalog::Catalog& catalog, const catalog::Selection& selection, Instant now);

// For each enabled schedule (or the one named) and each of its cells: the fires since the last one dealt with for that
// cell, or since the first catalog in the log under which the schedule selects it (ScheduleBeginnings); a catalog that
// the log does not have yet plans nothing. `selection` narrows what the schedule selects.
Plan plan_due(const catalog::Catalog& catalog, const log::Log& log, const catalog::Selection& selection,
              const std::string& schedule, Instant now);

}  // namespace linkaudit::run
