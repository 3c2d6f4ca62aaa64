#include "schedules/civil_search.h"

#include <bit>

namespace linkaudit::schedules {
namespace {

constexpr int months_searched = 41 * 12;

using Bits = std::uint64_t;  // bit n stands for minute, hour or day n

constexpr Bits from_bit(int bit) {
  return ~Bits{0} << bit;
}
constexpr Bits up_to_bit(int bit) {
  return ~Bits{0} >> (63 - bit);
}
int lowest(Bits bits) {
  return std::countr_zero(bits);
}
int highest(Bits bits) {
  return 63 - std::countl_zero(bits);
}

// The matching days of a month, bits 1 to 31.
Bits days_of(const Cron& cron, absl::CivilMonth month) {
  if (!cron.months.test(static_cast<std::size_t>(month.month()))) return 0;
  const int length = static_cast<int>(absl::CivilDay(month + 1) - absl::CivilDay(month));
  const int first_weekday = (static_cast<int>(absl::GetWeekday(absl::CivilDay(month))) + 1) % 7;  // 0 is Sunday
  const Bits week = cron.days_of_week.to_ullong();
  Bits by_weekday = 0;
  for (int weeks = 0; weeks < 6; ++weeks) by_weekday |= week << (7 * weeks);
  by_weekday = (by_weekday >> first_weekday) << 1;
  const Bits by_day = cron.days_of_month.to_ullong();
  const bool either = !cron.any_day_of_month && !cron.any_day_of_week;
  return (either ? by_day | by_weekday : by_day & by_weekday) & up_to_bit(length) & from_bit(1);
}

absl::CivilMinute minute_of(absl::CivilDay day, int hour, int minute) {
  return absl::CivilMinute(day.year(), day.month(), day.day(), hour, minute);
}

}  // namespace

std::optional<absl::CivilMinute> first_match(const Cron& cron, absl::CivilMinute from) {
  const Bits hours = cron.hours.to_ullong(), minutes = cron.minutes.to_ullong();
  if (hours == 0 || minutes == 0) return std::nullopt;
  absl::CivilMonth month(from);
  Bits days = days_of(cron, month) & from_bit(from.day());
  if (days != 0 && lowest(days) == from.day()) {
    const Bits later_minutes = minutes & from_bit(from.minute());
    if (((hours >> from.hour()) & 1) != 0 && later_minutes != 0) {
      return minute_of(absl::CivilDay(from), from.hour(), lowest(later_minutes));
    }
    const Bits later_hours = hours & from_bit(from.hour() + 1);
    if (later_hours != 0) return minute_of(absl::CivilDay(from), lowest(later_hours), lowest(minutes));
    days &= from_bit(from.day() + 1);
  }
  for (int searched = 0; days == 0; ++searched) {
    if (searched == months_searched) return std::nullopt;
    days = days_of(cron, ++month);
  }
  return minute_of(absl::CivilDay(month) + (lowest(days) - 1), lowest(hours), lowest(minutes));
}

std::optional<absl::CivilMinute> last_match(const Cron& cron, absl::CivilMinute from) {
  const Bits hours = cron.hours.to_ullong(), minutes = cron.minutes.to_ullong();
  if (hours == 0 || minutes == 0) return std::nullopt;
  absl::CivilMonth month(from);
  Bits days = days_of(cron, month) & up_to_bit(from.day());
  if (days != 0 && highest(days) == from.day()) {
    const Bits earlier_minutes = minutes & up_to_bit(from.minute());
    if (((hours >> from.hour()) & 1) != 0 && earlier_minutes != 0) {
      return minute_of(absl::CivilDay(from), from.hour(), highest(earlier_minutes));
    }
    const Bits earlier_hours = hours & ~from_bit(from.hour());
    if (earlier_hours != 0) return minute_of(absl::CivilDay(from), highest(earlier_hours), highest(minutes));
    days &= ~from_bit(from.day());
  }
  for (int searched = 0; days == 0; ++searched) {
    if (searched == months_searched) return std::nullopt;
    days = days_of(cron, --month);
  }
  return minute_of(absl::CivilDay(month) + (highest(days) - 1), highest(hours), highest(minutes));
}

}  // namespace linkaudit::schedules
