// Which minutes of the calendar an expression names, with no regard to zones.
#pragma once

#include <absl/time/civil_time.h>

#include <optional>

#include "schedules/cron.h"

namespace linkaudit::schedules {

// The first matching minute at `from` or later, the last one at `from` or earlier. Nothing when no date can match:
// every date that exists comes again with each weekday within 40 years (Feb 29 over a century that is no leap year).
std::optional<absl::CivilMinute> first_match(const Cron& cron, absl::CivilMinute from);
std::optional<absl::CivilMinute> last_match(const Cron& cron, absl::CivilMinute from);

}  // namespace linkaudit::schedules
