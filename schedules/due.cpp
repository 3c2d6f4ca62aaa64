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

Due due_fires(const Cron& cron, const Zone& zone, Instant last, Instant now, const DuePolicy& policy) {
  Due due;
  due.missed = fires_between(cron, zone, last, now);
  if (due.missed.empty()) return due;
  const Instant newest = due.missed.back();
  const bool on_time = now - newest <= policy.on_time;
  if (!on_time && policy.catch_up == CatchUp::none) return due;
  const std::size_t wanted = policy.catch_up == CatchUp::all ? policy.most : 1;
  const std::size_t runs = std::min(due.missed.size(), std::max<std::size_t>(wanted, 1));
  for (auto planned = due.missed.end() - static_cast<std::ptrdiff_t>(runs); planned != due.missed.end(); ++planned) {
    due.run.push_back({*planned, FireReason::caught_up});
  }
  due.run.back().reason = on_time ? FireReason::on_time : FireReason::late;
  due.missed.resize(due.missed.size() - runs);
  return due;
}

}  // namespace linkaudit::schedules
