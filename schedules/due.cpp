#include "schedules/due.h"

#include <algorithm>
#include <stdexcept>

namespace linkaudit::schedules {

std::string_view name(FireReason reason) {
  switch (reason) {
    case FireReason::on_time: return "on_time";
    case FireReason::late: return "late";
    case FireReason::caught_up: return "caught_up";
    case FireReason::manual: return "manual";
  }
  throw std::logic_error("unknown FireReason");
}

Division divide(std::span<const Instant> fires, Instant now, const DuePolicy& policy) {
  if (fires.empty()) return {};
  const std::chrono::milliseconds age = now - fires.back();
  const FireReason newest = age <= policy.on_time ? FireReason::on_time : FireReason::late;
  const bool too_late =
      (newest == FireReason::late && policy.catch_up == CatchUp::none) || (policy.deadline && age > *policy.deadline);
  if (too_late) return {fires.size(), newest};
  const std::size_t wanted = policy.catch_up == CatchUp::all ? std::max<std::size_t>(policy.most, 1) : 1;
  std::size_t missed = fires.size() - std::min(fires.size(), wanted);
  while (policy.deadline && now - fires[missed] > *policy.deadline) ++missed;
  return {missed, newest};
}

Due due_fires(const Cron& cron, const Zone& zone, Instant last, Instant now, const DuePolicy& policy) {
  Due due;
  due.missed = fires_between(cron, zone, last, now);
  const Division division = divide(due.missed, now, policy);
  for (std::size_t run = division.missed; run < due.missed.size(); ++run) {
    due.run.push_back({due.missed[run], FireReason::caught_up});
  }
  if (!due.run.empty()) due.run.back().reason = division.newest;
  due.missed.resize(division.missed);
  return due;
}

}  // namespace linkaudit::schedules
