#include "audit/run/schedule_beginnings.h"

#include <algorithm>
#include <vector>

#include "audit/catalog/load.h"
#include "audit/log/read.h"

namespace linkaudit::run {

std::optional<probes::Instant> ScheduleBeginnings::of(const probes::Target& cell) {
  if (!read_) read();
  const auto found = begins_.find({cell.link->id, cell.context->id});
  return found == begins_.end() ? std::nullopt : std::optional(found->second);
}

void ScheduleBeginnings::read() {
  read_ = true;
  for (const log::LoggedCatalog& row : log::catalogs(log_)) {
    const std::vector<std::string>& listed = row.record.schedules;
    if (std::find(listed.begin(), listed.end(), schedule_) == listed.end()) continue;
    const auto text = log_.blob(row.record.sha256);
    if (!text) continue;
    const std::vector<catalog::Source> source = {{row.record.sha256, *text}};
    const auto catalog = catalog::load(source, false, catalog::Purpose::recalling);
    // One that this program can no longer read has nothing to say of what it planned.
    if (!catalog || catalog->simulated != simulated_) continue;
    for (const catalog::ScheduleEntry& schedule : catalog->schedules) {
      if (schedule.id != schedule_) continue;
      for (const probes::Target& cell : catalog::select(*catalog, schedule.select)) {
        begins_.try_emplace({cell.link->id, cell.context->id}, row.record.at);
      }
    }
  }
}

}  // namespace linkaudit::run
