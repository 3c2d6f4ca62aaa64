#include "audit/log/newest_slot.h"

#include <fmt/format.h>

namespace linkaudit::log {

std::string newest_slot(const probes::Observation& seen) {
  return fmt::format("{}{} {} {} {}|{}|{}", seen.simulated ? "simulated " : "",
                     seen.link.empty() ? seen.url : seen.link, seen.context, name(seen.tier), seen.observer,
                     seen.method, seen.vantage);
}

}  // namespace linkaudit::log
