#include "tests/schedules/times.h"

#include <absl/time/time.h>

#include <stdexcept>

namespace linkaudit::schedules::test {

Instant at(std::string_view rfc3339) {
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, std::string(rfc3339), &time, nullptr)) {
    throw std::invalid_argument("no instant: " + std::string(rfc3339));
  }
  return Instant(std::chrono::milliseconds(absl::ToUnixMillis(time)));
}

std::string shown(std::optional<Instant> instant) {
  if (!instant) return "never";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", absl::FromUnixMillis(instant->time_since_epoch().count()),
                          absl::UTCTimeZone());
}

std::vector<std::string> shown(const std::vector<Instant>& instants) {
  std::vector<std::string> texts;
  for (const Instant instant : instants) texts.push_back(shown(std::optional(instant)));
  return texts;
}

Cron cron(std::string_view expression) {
  auto parsed = parse_cron(expression);
  if (!parsed) throw std::invalid_argument(parsed.error().text);
  return *parsed;
}

Zone zone(const std::string& name) {
  auto loaded = Zone::load(name);
  if (!loaded) throw std::invalid_argument("no zone: " + name);
  return *loaded;
}

}  // namespace linkaudit::schedules::test
