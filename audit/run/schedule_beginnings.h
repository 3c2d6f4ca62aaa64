// Since when a schedule has planned to look at a cell: a schedule's fires count for a cell from the first catalog in
// the log under which the schedule selects it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"

namespace linkaudit::run {

// Reads the catalogs that the log keeps when first asked. The log must outlive it.
class ScheduleBeginnings {
 public:
  ScheduleBeginnings(const log::Log& log, std::string schedule, bool simulated)
      : log_(log), schedule_(std::move(schedule)), simulated_(simulated) {}

  // Nothing when no catalog in the log has the cell under this schedule.
  std::optional<probes::Instant> of(const probes::Target& cell);

 private:
  void read();

  const log::Log& log_;
  std::string schedule_;
  bool simulated_;
  bool read_ = false;
  std::map<std::pair<std::string, std::string>, probes::Instant> begins_;  // by link and context
};

}  // namespace linkaudit::run
