// Five-field cron expressions in a time zone: pure functions, no clock. Names follow crontab(5); daylight saving
// follows cronie: a fixed-time job whose minute falls into the gap runs right after it, one in a repeated hour runs
// once, at its first pass; a job with `*` in minute or hour follows the clock. The rule holds for every change of a
// zone's offset, whatever its size, a day left out included (cronie itself stops at three hours).
#pragma once

#include <bitset>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace linkaudit::schedules {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

struct CronError {
  std::string field;  // minute, hour, day-of-month, month, day-of-week, or expression
  std::string text;   // one line: "minute: 61 is out of range; valid are 0-59"
};

struct Cron {
  std::bitset<60> minutes;
  std::bitset<24> hours;
  std::bitset<32> days_of_month;
  std::bitset<13> months;
  std::bitset<7> days_of_week;    // 0 is Sunday
  bool any_day_of_month = false;  // the field began with `*`; when neither day field did, either may match
  bool any_day_of_week = false;
  bool follows_clock = false;  // minute or hour began with `*`: a wildcard job in cronie's sense

  bool operator==(const Cron&) const = default;
};

// Five fields with names, ranges, lists and steps as in crontab(5), or one of @hourly, @daily, @midnight, @weekly,
// @monthly, @yearly, @annually. Refused: ranges that run backwards, step 0, a step after a single number.
tl::expected<Cron, CronError> parse_cron(std::string_view expression);

// An IANA zone, cheap to copy.
class Zone {
 public:
  // Nothing for a name that the system's tzdata does not have, and for its host-dependent names (localtime).
  static std::optional<Zone> load(const std::string& name);
  const std::string& name() const { return name_; }

  struct Data;
  const Data& data() const { return *data_; }

 private:
  Zone(std::string name, std::shared_ptr<const Data> data) : name_(std::move(name)), data_(std::move(data)) {}

  std::string name_;
  std::shared_ptr<const Data> data_;
};

// The first fire strictly after, or the last strictly before; nothing when there is none (Feb 30). Two minutes of a
// fixed-time job that fall into one gap are one fire.
std::optional<Instant> next_after(const Cron& cron, const Zone& zone, Instant instant);
std::optional<Instant> previous_before(const Cron& cron, const Zone& zone, Instant instant);

// All fires in (after, until], ascending, at most `most` of them (the first ones).
std::vector<Instant> fires_between(const Cron& cron, const Zone& zone, Instant after, Instant until,
                                   std::size_t most = SIZE_MAX);

}  // namespace linkaudit::schedules
