#include "audit/run/plan.h"

#include <algorithm>

namespace linkaudit::run {

void Plan::add(const probes::Target& target) {
  targets.push_back(target);
  rounds.assign(1, targets.size());
}

std::uint32_t Plan::number_of(const std::string& schedule) {
  const auto found = std::find(schedules.begin(), schedules.end(), schedule);
  if (found == schedules.end()) {
    schedules.push_back(schedule);
    return static_cast<std::uint32_t>(schedules.size() - 1);
  }
  return static_cast<std::uint32_t>(found - schedules.begin());
}

void Plan::leave_out(const probes::Target& cell, const std::string& schedule, Instant planned, const char* reason) {
  if (lists.empty() || lists.back() != std::vector<Instant>{planned}) lists.push_back({planned});
  left_out.push_back({cell, number_of(schedule), static_cast<std::uint32_t>(lists.size() - 1), 0, 1, reason});
}

std::optional<log::Fire> Plan::fire_of(std::size_t target) const {
  if (fires.empty()) return std::nullopt;
  const PlannedFire& fire = fires[target];
  return log::Fire{schedules[fire.schedule], fire.planned, std::string(schedules::name(fire.reason))};
}

std::int64_t Plan::gaps() const {
  std::int64_t count = 0;
  for (const LeftOut& each : left_out) count += each.last - each.first;
  return count;
}

void Plan::for_each_gap(const catalog::Catalog& catalog, const std::function<void(log::Gap)>& each) const {
  for (const LeftOut& out : left_out) {
    for (std::uint32_t fire = out.first; fire < out.last; ++fire) {
      each(gap_of(catalog, out.cell, schedules[out.schedule], lists[out.list][fire], out.reason));
    }
  }
}

log::Gap gap_of(const catalog::Catalog& catalog, const probes::Target& cell, const std::string& schedule, Instant at,
                const std::string& reason) {
  log::Gap gap;
  gap.at = at;
  gap.link = cell.link->id;
  gap.context = cell.context->id;
  gap.schedule = schedule;
  gap.reason = reason;
  gap.vantage = catalog.vantage_id;
  gap.simulated = catalog.simulated;
  return gap;
}

}  // namespace linkaudit::run
