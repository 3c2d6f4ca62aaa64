// The axis of a timeline.
#pragma once

#include <string>
#include <vector>

#include "reports/zone.h"

namespace linkaudit::reports::page {

struct Tick {
  Instant at{};
  std::string label;  // 2021-09-17; of months 2021-09, of years 2021
};

// Midnights of the zone in [from, to], at most `most` of them, evenly many days, months or years apart.
std::vector<Tick> ticks(Instant from, Instant to, const Zone& zone, std::size_t most);

}  // namespace linkaudit::reports::page
