#include "audit/run/planner.h"

#include <algorithm>
#include <set>

#include "audit/run/follow_ups.h"
#include "audit/run/named_cells.h"

namespace linkaudit::run {
namespace {

schedules::DuePolicy policy_of(const catalog::ScheduleEntry& schedule) {
  schedules::DuePolicy policy;
  switch (schedule.catch_up) {
    case catalog::CatchUp::none: policy.catch_up = schedules::CatchUp::none; break;
    case catalog::CatchUp::once: policy.catch_up = schedules::CatchUp::once; break;
    case catalog::CatchUp::all: policy.catch_up = schedules::CatchUp::all; break;
  }
  policy.most = static_cast<std::size_t>(schedule.catch_up_max);
  if (schedule.deadline_s) policy.deadline = std::chrono::seconds(*schedule.deadline_s);
  return policy;
}

void earlier(std::optional<Instant>& next, Instant instant) {
  next = next ? std::min(*next, instant) : instant;
}

}  // namespace

Planner::Planner(const catalog::Catalog& catalog, const log::Log& log, Shelf& shelf)
    : catalog_(catalog), log_(log), eras_(log, shelf, catalog), numbers_(catalog) {}

// An era further back matters to a cell only as long as nothing since its end was dealt with there: what was planned at
// cells that an era no longer had was given up at its begin.
Planner::Sorted Planner::sorted(const catalog::ScheduleEntry& schedule, Cells cells, Instant until) {
  const Dealt dealt(numbers_, log_, schedule.id, catalog_.simulated);
  std::vector<Instant> froms;
  froms.reserve(cells.size());
  const Instant never = Instant::min();
  std::vector<std::size_t> open;
  const Era* era = eras_.back(0);
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const Instant last = dealt.of(cells[cell]).value_or(never);
    froms.push_back(std::max(last, era->begin));
    if (last < era->begin) open.push_back(cell);
  }
  std::vector<const Era*> wanted = {era};
  for (std::size_t steps = 1; !open.empty() && (era = eras_.back(steps)) != nullptr; ++steps) {
    const NamedCells planned(*era->catalog, find_schedule(*era->catalog, schedule.id));
    std::erase_if(open, [&](std::size_t cell) { return !planned.has(cells[cell]); });
    if (open.empty()) break;
    wanted.push_back(era);
    for (const std::size_t cell : open) froms[cell] = std::max(dealt.of(cells[cell]).value_or(never), era->begin);
    std::erase_if(open, [&](std::size_t cell) { return froms[cell] > era->begin; });
  }
  CellFires fires(schedule.id);
  const Instant first = froms.empty() ? until : *std::ranges::min_element(froms);
  for (auto each = wanted.rbegin(); each != wanted.rend(); ++each) fires.add(**each, first, until);
  return {std::move(cells), std::move(froms), std::move(fires)};
}

void Planner::add(const catalog::ScheduleEntry& schedule, Cells cells, Instant now, Plan& plan, Rounds& rounds) {
  if (cells.empty()) return;
  Sorted all = sorted(schedule, std::move(cells), now);
  const schedules::DuePolicy policy = policy_of(schedule);
  const auto number = static_cast<std::uint32_t>(plan.schedules.size());
  const std::size_t first_list = plan.lists.size();
  plan.schedules.push_back(schedule.id);
  std::string key;
  std::chrono::seconds least_spread = std::chrono::seconds::max();
  for (std::size_t place = 0; place < all.cells.size(); ++place) {
    const probes::Target& cell = all.cells[place];
    const std::size_t list = all.fires.list_of(cell);
    const std::vector<Instant>& fires = all.fires.lists()[list];
    const std::chrono::seconds spread = spread_of(schedule, cell, key);
    least_spread = std::min(least_spread, spread);
    const auto begin = std::upper_bound(fires.begin(), fires.end(), all.froms[place]);
    const auto end = std::upper_bound(begin, fires.end(), now - spread);
    if (end != fires.end()) earlier(plan.next, *end + spread);
    if (begin == end) continue;
    const auto at = [&](auto fire) { return static_cast<std::uint32_t>(fire - fires.begin()); };
    const auto leave_out = [&](auto first, auto last, const char* reason) {
      if (first == last) return;
      plan.left_out.push_back(
          {cell, number, static_cast<std::uint32_t>(first_list + list), at(first), at(last), reason});
    };
    const schedules::Division division = schedules::divide({begin, end}, now - spread, policy);
    const auto run = begin + static_cast<std::ptrdiff_t>(division.missed);
    leave_out(begin, run, "missed");
    if (cell.link->url.empty()) {
      leave_out(run, end, "no_url");
      continue;
    }
    rounds.resize(std::max(rounds.size(), static_cast<std::size_t>(end - run)));
    for (auto fire = run; fire != end; ++fire) {
      const auto reason = fire + 1 == end ? division.newest : schedules::FireReason::caught_up;
      rounds[static_cast<std::size_t>(fire - run)].push_back({cell, {*fire, number, reason}});
    }
  }
  for (const std::vector<Instant>& list : all.fires.lists()) plan.lists.push_back(list);
  for (const std::string* cron : {&schedule.cron, schedule.near_deadline ? &schedule.near_deadline->cron : nullptr}) {
    if (cron == nullptr) continue;
    const Timetable times = timetable_of(*cron, schedule.zone);
    if (const auto next = schedules::next_after(times.cron, times.zone, now)) earlier(plan.next, *next + least_spread);
  }
}

Plan Planner::due(Instant now, const catalog::Selection& selection, const std::string& only) {
  Plan plan;
  if (eras_.back(0) == nullptr) return plan;
  Rounds rounds(1);
  for (const catalog::ScheduleEntry& schedule : catalog_.schedules) {
    if (!only.empty() && schedule.id != only) continue;
    add(schedule, cells_of(schedule, selection), now, plan, rounds);
  }
  add_follow_ups(selection, only, now, plan, rounds);
  for (std::vector<PlannedLook>& round : rounds) {
    plan.targets.reserve(plan.targets.size() + round.size());
    plan.fires.reserve(plan.fires.size() + round.size());
    for (const PlannedLook& look : round) {
      plan.targets.push_back(look.cell);
      plan.fires.push_back(look.fire);
    }
    plan.rounds.push_back(plan.targets.size());
    std::vector<PlannedLook>().swap(round);
  }
  return plan;
}

void Planner::add_follow_ups(const catalog::Selection& selection, const std::string& only, Instant now, Plan& plan,
                             Rounds& rounds) {
  std::vector<const catalog::ScheduleEntry*> asking;
  for (const catalog::ScheduleEntry& schedule : catalog_.schedules) {
    if (!only.empty() && schedule.id != only) continue;
    if (schedule.confirm_s || schedule.recheck) asking.push_back(&schedule);
  }
  if (asking.empty()) return;
  FollowUps follow_ups(catalog_, log_, numbers_, now);
  for (const auto& round : rounds) {
    for (const PlannedLook& look : round) follow_ups.skip(look.cell);
  }
  for (const catalog::ScheduleEntry* schedule : asking) {
    for (FollowUp& each : follow_ups.of(*schedule, cells_of(*schedule, selection), eras_.back(0)->begin)) {
      if (plan.schedules.empty() || plan.schedules.back() != each.schedule) plan.schedules.push_back(each.schedule);
      const auto reason = now - each.planned <= schedules::DuePolicy{}.on_time ? schedules::FireReason::on_time
                                                                               : schedules::FireReason::late;
      rounds.front().push_back(
          {each.cell, {each.planned, static_cast<std::uint32_t>(plan.schedules.size() - 1), reason}});
    }
  }
  if (follow_ups.next()) earlier(plan.next, *follow_ups.next());
}

Planner::Cells Planner::cells_of(const catalog::ScheduleEntry& schedule, const catalog::Selection& selection) const {
  Cells cells = catalog::select(catalog_, schedule.select);
  if (selection == catalog::Selection{}) return cells;
  std::set<std::pair<const probes::Link*, const probes::Context*>> allowed;
  for (const probes::Target& cell : catalog::select(catalog_, selection)) allowed.emplace(cell.link, cell.context);
  std::erase_if(cells, [&](const probes::Target& cell) { return !allowed.contains({cell.link, cell.context}); });
  return cells;
}

}  // namespace linkaudit::run
