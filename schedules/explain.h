// A cron expression in words: "at 03:00, every day (Asia/Shanghai)".
#pragma once

#include <string>
#include <string_view>

#include "schedules/cron.h"

namespace linkaudit::schedules {

// `language` is "en" or "zh". Names the minutes, days and months that the expression names; what the clock's changes
// make of them is lint's to say.
std::string explain(const Cron& cron, const Zone& zone, std::string_view language);

}  // namespace linkaudit::schedules
