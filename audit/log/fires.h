// What has become of schedules' fires, for planning: streamed, since there may be a million cells.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "audit/log/log.h"

namespace linkaudit::log {

// The newest planned fire dealt with (observed, or a gap) of each cell of a schedule, among real or simulated entries,
// in no order. The texts are valid during the call.
using LastFire = std::function<void(std::string_view link, std::string_view context, Instant planned)>;
void for_each_last_fire(const Log& log, const std::string& schedule, bool simulated, const LastFire& each);

// The newest planned fire dealt with of each schedule of which there is one.
std::map<std::string, Instant> newest_fires(const Log& log, bool simulated);

// Gaps planned in (since, until], by schedule, then reason; "" for those of runs by hand.
std::map<std::string, std::map<std::string, std::int64_t>> gaps_by_schedule(const Log& log, bool simulated,
                                                                            Instant since, Instant until);

}  // namespace linkaudit::log
