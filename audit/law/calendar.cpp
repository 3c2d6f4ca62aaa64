#include "audit/law/calendar.h"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace linkaudit::law {
namespace {

absl::TimeZone load(const std::string& zone) {
  absl::TimeZone loaded;
  if (!zone_exists(zone) || !absl::LoadTimeZone(zone, &loaded)) {
    throw std::invalid_argument("unknown time zone: " + zone);
  }
  return loaded;
}

absl::CivilDay civil(const Date& date) {
  return absl::CivilDay(date.year, date.month, date.day);
}

absl::Time absolute(Instant instant) {
  return absl::FromUnixMillis(instant.time_since_epoch().count());
}

Instant instant_of(absl::Time time) {
  return Instant(std::chrono::milliseconds(absl::ToUnixMillis(time)));
}

// 'd' stands for a digit, any other character for itself.
bool has_shape(std::string_view text, std::string_view shape) {
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char have, char want) { return want == 'd' ? have >= '0' && have <= '9' : have == want; });
}

int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// "Z", or an offset that a clock can have. RFC 3339 allows small letters too.
bool is_offset(std::string_view text) {
  if (text == "Z" || text == "z") return true;
  if (!has_shape(text, "+dd:dd") && !has_shape(text, "-dd:dd")) return false;
  return number(text.substr(1, 2)) <= 23 && number(text.substr(4, 2)) <= 59;
}

// After the seconds: ".123", then the offset.
bool is_instant_tail(std::string_view text) {
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0) return false;
    text.remove_prefix(digits);
  }
  return is_offset(text);
}

}  // namespace

bool zone_exists(const std::string& zone) {
  // Abseil also takes file names and a name of its own for the system's zone: neither is an IANA name.
  if (zone.empty() || zone.front() == '/' || zone.front() == ':' || zone == "localtime") return false;
  // Nor are fixed offsets, and the zones in right/ count leap seconds, which UTC instants here do not.
  if (zone.rfind("Fixed/", 0) == 0 || zone.rfind("right/", 0) == 0) return false;
  if (zone.find("..") != std::string::npos) return false;
  absl::TimeZone loaded;
  return absl::LoadTimeZone(zone, &loaded);
}

std::optional<Date> parse_date(std::string_view text) {
  if (!has_shape(text, "dddd-dd-dd")) return std::nullopt;
  const Date date{number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2))};
  const absl::CivilDay day = civil(date);  // normalizes what does not exist
  const bool exists = day.year() == date.year && day.month() == date.month && day.day() == date.day;
  if (date.year == 0 || !exists) return std::nullopt;
  return date;
}

std::string format_date(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

Instant start_of_day(const Date& date, const std::string& zone) {
  const absl::TimeZone::TimeInfo midnight = load(zone).At(absl::CivilSecond(civil(date)));
  // Where clocks jump over midnight the day begins with the jump; where midnight comes twice, with the first.
  return instant_of(midnight.kind == absl::TimeZone::TimeInfo::SKIPPED ? midnight.trans : midnight.pre);
}

Date date_at(Instant instant, const std::string& zone) {
  const absl::CivilDay day = absl::ToCivilDay(absolute(instant), load(zone));
  return {static_cast<int>(day.year()), day.month(), day.day()};
}

int days_between(const Date& from, const Date& to) {
  return static_cast<int>(civil(to) - civil(from));
}

std::optional<Instant> parse_instant(std::string_view text) {
  constexpr std::size_t kSeconds = 19;  // "2022-01-27T12:00:00"
  if (text.size() <= kSeconds) return std::nullopt;
  const std::string_view local = text.substr(0, kSeconds);
  if (!has_shape(local, "dddd-dd-ddTdd:dd:dd") && !has_shape(local, "dddd-dd-ddtdd:dd:dd")) return std::nullopt;
  if (!parse_date(local.substr(0, 10)) || !is_instant_tail(text.substr(kSeconds))) return std::nullopt;
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, std::string(text), &time, nullptr)) return std::nullopt;
  return instant_of(time);
}

std::optional<Instant> parse_instant_or_date(std::string_view text, const std::string& zone) {
  const std::optional<Date> date = parse_date(text);
  if (!date) return parse_instant(text);
  const absl::CivilDay next = civil(*date) + 1;
  const Date tomorrow{static_cast<int>(next.year()), next.month(), next.day()};
  return start_of_day(tomorrow, zone) - std::chrono::milliseconds(1);
}

std::string format_instant(Instant instant, const std::string& zone) {
  absl::TimeZone shown = load(zone);
  // Offsets of the time before zones had whole minutes do not fit into RFC 3339.
  if (shown.At(absolute(instant)).offset % 60 != 0) shown = absl::UTCTimeZone();
  const char* format = shown == absl::UTCTimeZone() ? "%Y-%m-%dT%H:%M:%E*SZ" : "%Y-%m-%dT%H:%M:%E*S%Ez";
  return absl::FormatTime(format, absolute(instant), shown);
}

}  // namespace linkaudit::law
