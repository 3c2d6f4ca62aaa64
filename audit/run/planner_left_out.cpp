// What is planned and will not happen: overlaps, and what a new era gives up.
#include <algorithm>

#include "audit/run/named_cells.h"
#include "audit/run/planner.h"

namespace linkaudit::run {

Plan Planner::overlapped(const Plan& plan, Instant planned_at, Instant ended) const {
  Plan out;
  for (std::size_t number = 0; number < plan.schedules.size() && !plan.fires.empty(); ++number) {
    const catalog::ScheduleEntry* schedule = find_schedule(catalog_, plan.schedules[number]);
    if (schedule == nullptr || schedule->overlap == catalog::Overlap::queue) continue;
    const std::chrono::seconds room(schedule->spread_s);
    const Era era{planned_at - room, Instant::max(),
                  std::shared_ptr<const catalog::Catalog>(std::shared_ptr<void>(), &catalog_)};
    CellFires fires(schedule->id);
    fires.add(era, era.begin, ended);
    const std::size_t first_list = out.lists.size();
    std::vector<bool> seen(numbers_.size());  // caught up, a cell is there several times
    std::string key;
    for (std::size_t target = 0; target < plan.targets.size(); ++target) {
      const probes::Target& cell = plan.targets[target];
      if (plan.fires[target].schedule != number || seen[numbers_.of(cell)]) continue;
      seen[numbers_.of(cell)] = true;
      const std::size_t list = fires.list_of(cell);
      const std::vector<Instant>& all = fires.lists()[list];
      const std::chrono::seconds spread = spread_of(*schedule, cell, key);
      const auto begin = std::upper_bound(all.begin(), all.end(), planned_at - spread);
      const auto end = std::upper_bound(begin, all.end(), ended - spread);
      if (begin == end) continue;
      out.left_out.push_back(
          {cell, static_cast<std::uint32_t>(out.schedules.size()), static_cast<std::uint32_t>(first_list + list),
           static_cast<std::uint32_t>(begin - all.begin()), static_cast<std::uint32_t>(end - all.begin()), "overlap"});
    }
    for (const std::vector<Instant>& list : fires.lists()) out.lists.push_back(list);
    out.schedules.push_back(schedule->id);
  }
  return out;
}

Plan Planner::given_up(const catalog::Catalog& next, Instant until) {
  Plan out;
  if (eras_.back(0) == nullptr) return out;
  for (const catalog::ScheduleEntry& schedule : catalog_.schedules) {
    const NamedCells kept(next, find_schedule(next, schedule.id));
    Cells cells = catalog::select(catalog_, schedule.select);
    std::erase_if(cells, [&](const probes::Target& cell) { return kept.has(cell); });
    if (cells.empty()) continue;
    Sorted all = sorted(schedule, std::move(cells), until);
    const std::size_t first_list = out.lists.size();
    for (std::size_t place = 0; place < all.cells.size(); ++place) {
      const std::size_t list = all.fires.list_of(all.cells[place]);
      const std::vector<Instant>& fires = all.fires.lists()[list];
      const auto begin = std::upper_bound(fires.begin(), fires.end(), all.froms[place]);
      if (begin == fires.end()) continue;
      out.left_out.push_back({all.cells[place], static_cast<std::uint32_t>(out.schedules.size()),
                              static_cast<std::uint32_t>(first_list + list),
                              static_cast<std::uint32_t>(begin - fires.begin()),
                              static_cast<std::uint32_t>(fires.size()), "missed"});
    }
    for (const std::vector<Instant>& list : all.fires.lists()) out.lists.push_back(list);
    out.schedules.push_back(schedule.id);
  }
  return out;
}

}  // namespace linkaudit::run
