#include "reports/page/axis.h"

#include <fmt/format.h>

#include <array>

namespace linkaudit::reports::page {
namespace {

enum class Unit { day, month, year };
struct Step {
  Unit unit;
  std::int64_t count;
};

constexpr std::array<Step, 14> steps = {{{Unit::day, 1},
                                         {Unit::day, 2},
                                         {Unit::day, 7},
                                         {Unit::day, 14},
                                         {Unit::month, 1},
                                         {Unit::month, 2},
                                         {Unit::month, 3},
                                         {Unit::month, 6},
                                         {Unit::year, 1},
                                         {Unit::year, 2},
                                         {Unit::year, 5},
                                         {Unit::year, 10},
                                         {Unit::year, 100},
                                         {Unit::year, 1000}}};

// The n-th place of a step, counted from the one at or before `begin`.
Tick place(const Civil& begin, const Step& step, std::int64_t n, const Zone& zone) {
  Civil c = begin;
  std::int64_t year = c.year, month = c.month, day = c.day;
  const std::int64_t ahead = step.count * n;
  switch (step.unit) {
    case Unit::day: day += ahead; break;
    case Unit::month:
      month = (month - 1) / step.count * step.count + 1 + ahead;
      day = 1;
      break;
    case Unit::year:
      year = year / step.count * step.count + ahead;
      month = day = 1;
      break;
  }
  const Instant at = zone.midnight(year, month, day);
  c = zone.civil(at);
  switch (step.unit) {
    case Unit::day: return {at, fmt::format("{:04}-{:02}-{:02}", c.year, c.month, c.day)};
    case Unit::month: return {at, fmt::format("{:04}-{:02}", c.year, c.month)};
    case Unit::year: return {at, fmt::format("{:04}", c.year)};
  }
  return {at, {}};
}

}  // namespace

std::vector<Tick> ticks(Instant from, Instant to, const Zone& zone, std::size_t most) {
  const Civil begin = zone.civil(from);
  for (const Step& step : steps) {
    std::vector<Tick> found;
    for (std::int64_t n = 0; found.size() <= most; ++n) {
      Tick tick = place(begin, step, n, zone);
      if (tick.at > to) break;
      if (tick.at >= from) found.push_back(std::move(tick));
    }
    if (found.size() <= most) return found;
  }
  return {};
}

}  // namespace linkaudit::reports::page
