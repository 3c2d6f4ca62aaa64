// What a Zone holds; kept apart so that cron.h needs no Abseil header.
#pragma once

#include <absl/time/time.h>

#include "schedules/cron.h"

namespace linkaudit::schedules {

struct Zone::Data {
  absl::TimeZone zone;
};

}  // namespace linkaudit::schedules
