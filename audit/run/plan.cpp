#include "audit/run/plan.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "audit/run/schedule_beginnings.h"
#include "schedules/due.h"

namespace linkaudit::run {
namespace {

log::Gap gap_of(const catalog::Catalog& catalog, const probes::Target& target, const std::string& schedule, Instant at,
                const std::string& reason) {
  log::Gap gap;
  gap.at = at;
  gap.link = target.link->id;
  gap.context = target.context->id;
  gap.schedule = schedule;
  gap.reason = reason;
  gap.vantage = catalog.vantage_id;
  gap.simulated = catalog.simulated;
  return gap;
}

schedules::CatchUp catch_up_of(catalog::CatchUp value) {
  switch (value) {
    case catalog::CatchUp::none: return schedules::CatchUp::none;
    case catalog::CatchUp::once: return schedules::CatchUp::once;
    case catalog::CatchUp::all: return schedules::CatchUp::all;
  }
  return schedules::CatchUp::once;
}

std::vector<probes::Target> cells_of(const catalog::Catalog& catalog, const catalog::ScheduleEntry& schedule,
                                     const catalog::Selection& selection) {
  std::vector<probes::Target> cells = catalog::select(catalog, schedule.select);
  const std::vector<probes::Target> narrowed = catalog::select(catalog, selection);
  std::set<std::pair<std::string, std::string>> allowed;
  for (const probes::Target& target : narrowed) allowed.emplace(target.link->id, target.context->id);
  std::erase_if(cells, [&](const probes::Target& target) {
    return !allowed.contains({target.link->id, target.context->id});
  });
  return cells;
}

void add_schedule(const catalog::Catalog& catalog, const log::Log& log, const catalog::ScheduleEntry& schedule,
                  const catalog::Selection& selection, Instant now, Plan& plan) {
  const auto cron = schedules::parse_cron(schedule.cron);
  const auto zone = schedules::Zone::load(schedule.zone);
  if (!cron || !zone) throw std::logic_error("schedule " + schedule.id + " was not checked");  // the catalog did
  const auto last = log::last_fires(log, schedule.id, catalog.simulated);
  ScheduleBeginnings beginnings(log, schedule.id, catalog.simulated);
  const schedules::DuePolicy policy{catch_up_of(schedule.catch_up)};
  for (const probes::Target& target : cells_of(catalog, schedule, selection)) {
    const std::string key = target.link->id + " " + target.context->id;
    const auto spread = schedules::spread_of(schedule.id, key, schedule.spread_s);
    const auto dealt = last.find({target.link->id, target.context->id});
    // A cell that was not looked at yet, since its spread put it later or the run before was killed, is still due.
    const std::optional<Instant> from = dealt == last.end() ? beginnings.of(target) : dealt->second;
    if (!from) continue;  // first heard of now: its fires count from here on
    const schedules::Due due = schedules::due_fires(*cron, *zone, *from, now - spread, policy);
    for (const Instant missed : due.missed) {
      plan.gaps.push_back(gap_of(catalog, target, schedule.id, missed, "missed"));
    }
    for (const schedules::DueFire& fire : due.run) {
      if (target.link->url.empty()) {
        plan.gaps.push_back(gap_of(catalog, target, schedule.id, fire.planned, "no_url"));
        continue;
      }
      plan.targets.push_back(target);
      plan.fires.push_back({schedule.id, fire.planned, std::string(schedules::name(fire.reason))});
    }
  }
}

}  // namespace

Plan plan_all(const catalog::Catalog& catalog, const catalog::Selection& selection, Instant now) {
  Plan plan;
  for (const probes::Target& target : catalog::select(catalog, selection)) {
    if (target.link->url.empty()) {
      plan.gaps.push_back(gap_of(catalog, target, "", now, "no_url"));
    } else {
      plan.targets.push_back(target);
    }
  }
  return plan;
}

Plan plan_due(const catalog::Catalog& catalog, const log::Log& log, const catalog::Selection& selection,
              const std::string& schedule, Instant now) {
  Plan plan;
  for (const catalog::ScheduleEntry& each : catalog.schedules) {
    if (schedule.empty() || each.id == schedule) add_schedule(catalog, log, each, selection, now, plan);
  }
  return plan;
}

}  // namespace linkaudit::run
