// A report's time zone: instants as people there write them.
#pragma once

#include <absl/time/time.h>

#include <string>

#include "reports/report.h"

namespace linkaudit::reports {

// Civil time, proleptic Gregorian.
struct Civil {
  std::int64_t year;
  int month, day, hour, minute, second, millisecond;
};

class Zone {
 public:
  // An IANA name. Throws std::runtime_error for one that the system does not know.
  explicit Zone(const std::string& name);

  Civil civil(Instant at) const;
  // Midnight of a day, or the first instant of one that has none. Months and days beyond their range count on.
  Instant midnight(std::int64_t year, std::int64_t month, std::int64_t day) const;
  std::string shown(Instant at) const;    // 2022-01-27 23:59:59
  std::string rfc3339(Instant at) const;  // 2022-01-27T23:59:59+08:00, milliseconds only where there are some
  std::string label(Instant at) const;    // Asia/Shanghai (UTC+08:00): the offset at that instant

 private:
  std::string name_;
  absl::TimeZone zone_;
};

}  // namespace linkaudit::reports
