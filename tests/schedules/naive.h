// Fire times worked out the long way, with nothing in common with schedules/: a matcher that reads the expression
// itself, the C library's reading of tzdata, and a walk over every minute.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schedules/cron.h"

namespace linkaudit::schedules::test {

// What the clocks of a zone showed, minute by minute, in a stretch of time.
class Walk {
 public:
  // REQUIRES: whole minutes; a zone whose offset is of whole minutes in the stretch and three days before it.
  Walk(const std::string& zone, Instant from, Instant until);

  // Fires in [from, until], by cronie's rule: wildcard jobs whenever the clock shows the minute; the others once for
  // each minute that the clock has reached for the first time, those it leapt over included.
  std::vector<Instant> fires(const std::string& expression) const;

  bool clock_was_changed() const;

 private:
  struct Minute {
    Instant instant;
    std::int64_t shown;  // minutes from 1970-01-01T00:00 on the clock of the zone
  };
  struct Calendar {
    std::uint8_t minute, hour, day, month, weekday;
  };
  const Calendar& calendar(std::int64_t shown) const { return calendar_[static_cast<std::size_t>(shown - earliest_)]; }

  std::vector<Minute> minutes_;     // three days of running up to `from` first
  std::vector<Calendar> calendar_;  // of every minute shown or leapt over, from `earliest_` on
  std::int64_t earliest_ = 0;
  Instant from_;

  friend class Matcher;
};

}  // namespace linkaudit::schedules::test
