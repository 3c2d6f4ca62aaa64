#include "reports/zone.h"

#include <fmt/format.h>

#include <stdexcept>

namespace linkaudit::reports {
namespace {

absl::Time absolute(Instant at) {
  return absl::FromUnixMillis(at.time_since_epoch().count());
}

}  // namespace

Zone::Zone(const std::string& name) : name_(name) {
  if (!absl::LoadTimeZone(name, &zone_)) {
    throw std::runtime_error("unknown time zone \"" + name + "\": give an IANA name such as Asia/Shanghai");
  }
}

Civil Zone::civil(Instant at) const {
  const auto info = zone_.At(absolute(at));
  return {info.cs.year(),
          info.cs.month(),
          info.cs.day(),
          info.cs.hour(),
          info.cs.minute(),
          info.cs.second(),
          static_cast<int>(absl::ToInt64Milliseconds(info.subsecond))};
}

Instant Zone::midnight(std::int64_t year, std::int64_t month, std::int64_t day) const {
  const auto info = zone_.At(absl::CivilSecond(absl::CivilDay(absl::CivilMonth(year, month)) + (day - 1)));
  const absl::Time time = info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans : info.pre;
  return Instant(std::chrono::milliseconds(absl::ToUnixMillis(time)));
}

std::string Zone::shown(Instant at) const {
  const Civil c = civil(at);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

std::string Zone::rfc3339(Instant at) const {
  const bool whole = civil(at).millisecond == 0;
  return absl::FormatTime(whole ? "%E4Y-%m-%dT%H:%M:%S%Ez" : "%E4Y-%m-%dT%H:%M:%E3S%Ez", absolute(at), zone_);
}

std::string Zone::label(Instant at) const {
  return fmt::format("{} (UTC{})", name_, absl::FormatTime("%Ez", absolute(at), zone_));
}

}  // namespace linkaudit::reports
