#include "audit/run/cell_fires.h"

#include <algorithm>
#include <stdexcept>

#include "audit/law/calendar.h"
#include "audit/law/scope.h"
#include "schedules/due.h"

namespace linkaudit::run {

const catalog::ScheduleEntry* find_schedule(const catalog::Catalog& catalog, const std::string& id) {
  const auto found = std::ranges::find(catalog.schedules, id, &catalog::ScheduleEntry::id);
  return found == catalog.schedules.end() ? nullptr : &*found;
}

Timetable timetable_of(const std::string& cron, const std::string& zone) {
  const auto parsed = schedules::parse_cron(cron);
  const auto loaded = schedules::Zone::load(zone);
  if (!parsed || !loaded) throw std::logic_error("schedule " + cron + " in " + zone + " was not checked");
  return {*parsed, *loaded};
}

std::chrono::seconds spread_of(const catalog::ScheduleEntry& schedule, const probes::Target& cell, std::string& key) {
  if (schedule.spread_s <= 0) return std::chrono::seconds(0);
  key.assign(cell.link->id).append(1, ' ').append(cell.context->id);
  return schedules::spread_of(schedule.id, key, schedule.spread_s);
}

void CellFires::add(const Era& era, probes::Instant from, probes::Instant until) {
  const catalog::ScheduleEntry* entry = find_schedule(*era.catalog, schedule_);
  if (entry == nullptr) return;
  from = std::max(from, era.begin);
  until = std::min(until, era.end);
  if (until <= from) return;
  auto part = std::make_unique<Part>();
  const Timetable times = timetable_of(entry->cron, entry->zone);
  part->base = schedules::fires_between(times.cron, times.zone, from, until);
  if (entry->near_deadline) add_near(era, *entry, times.zone, from, until, *part);
  any_near_ = any_near_ || !part->near.empty();
  parts_.push_back(std::move(part));
}

void CellFires::add_near(const Era& era, const catalog::ScheduleEntry& entry, const schedules::Zone& zone,
                         probes::Instant from, probes::Instant until, Part& part) const {
  const std::chrono::hours days(24 * entry.near_deadline->days);
  const Timetable denser = timetable_of(entry.near_deadline->cron, zone.name());
  for (const law::Obligation& obligation : era.catalog->obligations) {
    const probes::Instant date = law::start_of_day(obligation.effective, obligation.zone);
    const probes::Instant begin = std::max(from, date - days - std::chrono::milliseconds(1));
    const probes::Instant end = std::min(until, date + days + std::chrono::hours(24) - std::chrono::milliseconds(1));
    if (end <= begin) continue;
    auto fires = schedules::fires_between(denser.cron, denser.zone, begin, end);
    if (!fires.empty()) part.near.push_back({&obligation, std::move(fires)});
  }
  if (part.near.empty()) return;
  part.policy = catalog::policy_of(*era.catalog);
  for (const auto& context : part.policy.contexts) part.contexts.emplace(context.id, &context);
  for (const auto& platform : part.policy.platforms) part.platforms.emplace(platform.id, &platform);
}

bool CellFires::in_scope(const Part& part, const Near& near, const probes::Target& cell) {
  const auto context = part.contexts.find(cell.context->id);
  const auto platform = part.platforms.find(cell.link->platform);
  return context != part.contexts.end() && platform != part.platforms.end() &&
         law::obliges(near.obligation->scope, *context->second, *platform->second, cell.link->id);
}

std::size_t CellFires::list_of(const probes::Target& cell) {
  std::string key;
  if (any_near_) {
    for (const auto& part : parts_) {
      for (const Near& near : part->near) key += in_scope(*part, near, cell) ? '1' : '0';
    }
  }
  const auto found = places_.find(key);
  return found == places_.end() ? made(key) : found->second;
}

std::size_t CellFires::made(const std::string& key) {
  std::vector<probes::Instant>& list = lists_.emplace_back();
  std::size_t place = 0;
  for (const auto& part : parts_) {
    const auto begin = static_cast<std::ptrdiff_t>(list.size());
    list.insert(list.end(), part->base.begin(), part->base.end());
    for (const Near& near : part->near) {
      if (key[place++] == '1') list.insert(list.end(), near.fires.begin(), near.fires.end());
    }
    std::sort(list.begin() + begin, list.end());
  }
  list.erase(std::unique(list.begin(), list.end()), list.end());
  places_.emplace(key, lists_.size() - 1);
  return lists_.size() - 1;
}

}  // namespace linkaudit::run
