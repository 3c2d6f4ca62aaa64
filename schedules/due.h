// What should have run, from a schedule, the last fire dealt with, and now. Pure; knows no links.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "schedules/cron.h"

namespace linkaudit::schedules {

enum class CatchUp { none, once, all };

// Why a fire runs when it does.
enum class FireReason { on_time, late, caught_up, manual };
std::string_view name(FireReason reason);

struct DuePolicy {
  CatchUp catch_up = CatchUp::once;
  std::size_t most = 100;  // of catch_up all: fires run at once, the newest among them; older ones are missed
  std::chrono::milliseconds on_time{std::chrono::minutes(10)};  // a fire this old is still on time, then late
  std::optional<std::chrono::milliseconds> deadline;  // a fire older than this is missed, whatever catch_up says
};

// What becomes of fires that are due: the first `missed` of them are missed, the rest run, the newest of those for the
// reason `newest`, the others as caught_up.
struct Division {
  std::size_t missed = 0;
  FireReason newest = FireReason::on_time;

  bool operator==(const Division&) const = default;
};

// Of fires at or before `now`, ascending: the newest runs (on_time, or late when older than `on_time`); those before it
// run as caught_up (all), or are missed (once, none); with none a fire that is late is missed too.
Division divide(std::span<const Instant> fires, Instant now, const DuePolicy& policy);

struct DueFire {
  Instant planned{};
  FireReason reason = FireReason::on_time;

  bool operator==(const DueFire&) const = default;
};

struct Due {
  std::vector<DueFire> run;     // ascending; to be probed now
  std::vector<Instant> missed;  // ascending; to be recorded as gaps "missed"

  bool operator==(const Due&) const = default;
};

// All fires in (last, now], divided. `last` is the newest planned fire already dealt with, or the instant from which
// the schedule counts. Nothing is due when the clock was set back before it.
Due due_fires(const Cron& cron, const Zone& zone, Instant last, Instant now, const DuePolicy& policy);

// Where in [0, spread_s) of a schedule's fire an opaque key falls: a pure function of both (FNV-1a of schedule, NUL,
// key, mixed by SplitMix64), the same on every machine; 0 when spread_s is not above 0.
std::chrono::seconds spread_of(std::string_view schedule, std::string_view key, int spread_s);

}  // namespace linkaudit::schedules
