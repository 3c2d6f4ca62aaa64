// Which cells to look at now, and which planned looks will not happen: values, small enough for a million cells.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"
#include "probes/subject.h"
#include "schedules/due.h"

namespace linkaudit::run {

using Instant = probes::Instant;

// A fire of one of the plan's schedules at one cell.
struct PlannedFire {
  Instant planned{};
  std::uint32_t schedule = 0;  // a place in Plan::schedules
  schedules::FireReason reason = schedules::FireReason::on_time;
};

// Planned looks at one cell that will not happen: fires [first, last) of one of the plan's lists, since a million cells
// share the few hundred fires that a downtime has left out.
struct LeftOut {
  probes::Target cell;
  std::uint32_t schedule = 0, list = 0, first = 0, last = 0;
  const char* reason = "";  // missed, overlap, no_url
};

// Points into the catalog it was made from.
struct Plan {
  std::vector<std::string> schedules;       // "" for looks by hand
  std::vector<std::vector<Instant>> lists;  // of fires, ascending
  std::vector<LeftOut> left_out;            // of one cell the earliest first
  std::vector<probes::Target> targets;      // round after round
  std::vector<PlannedFire> fires;           // of the targets; none when looked at by hand
  std::vector<std::size_t> rounds;          // where each ends: a cell is looked at once in a round, so that of
                                            // one cell an earlier fire is recorded before a later one
  std::optional<Instant> next;              // when there is more to do, unless the log says otherwise by then

  // Of one round, by hand.
  void add(const probes::Target& target);
  void leave_out(const probes::Target& cell, const std::string& schedule, Instant planned, const char* reason);

  std::optional<log::Fire> fire_of(std::size_t target) const;
  std::int64_t gaps() const;
  std::int64_t planned() const { return static_cast<std::int64_t>(targets.size()) + gaps(); }

  void for_each_gap(const catalog::Catalog& catalog, const std::function<void(log::Gap)>& each) const;

 private:
  std::uint32_t number_of(const std::string& schedule);
};

// Every cell of the selection, by hand.
Plan plan_all(const catalog::Catalog& catalog, const catalog::Selection& selection, Instant now);

log::Gap gap_of(const catalog::Catalog& catalog, const probes::Target& cell, const std::string& schedule, Instant at,
                const std::string& reason);

}  // namespace linkaudit::run
