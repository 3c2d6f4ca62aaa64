// From calendar minutes to instants. Two kinds of jobs:
//
//   fixed   each calendar minute fires once: at its first pass, or, where the clock leaps over it, right after that.
//           Later minutes never fire earlier, so one look-up per candidate is enough.
//   clock   (`*` in minute or hour) each time the clock shows the minute: never in a gap, twice in a repeated hour.
//           Between two changes of the offset calendar and instants run in step, so stretch after stretch is searched.
#include <algorithm>

#include "schedules/civil_search.h"
#include "schedules/zone_data.h"

namespace linkaudit::schedules {
namespace {

using absl::CivilMinute;
using absl::CivilSecond;
using absl::Time;
using absl::TimeZone;

// Beyond the largest change of an offset that a zone has ever made (a day left out or lived twice).
constexpr absl::Duration more_than_any_shift = absl::Hours(48);
// A clock job whose every minute falls into gaps (`*/5 2` on the Sunday of the leap) would be looked for for ever.
constexpr int years_searched = 80;

Time to_time(Instant instant) {
  return absl::FromUnixMillis(instant.time_since_epoch().count());
}
// Nothing beyond what an Instant can hold.
std::optional<Instant> to_instant(std::optional<Time> time) {
  if (!time) return std::nullopt;
  const Instant instant(std::chrono::milliseconds(absl::ToUnixMillis(*time)));
  return to_time(instant) == *time ? std::optional(instant) : std::nullopt;
}

// Fires and changes of the offset lie on whole seconds, and PrevTransition drops fractions: a change half a second ago
// would be missed.
Time next_whole_second(Time time) {
  return absl::UnixEpoch() + absl::Ceil(time - absl::UnixEpoch(), absl::Seconds(1));
}

CivilMinute ceiling(CivilSecond second) {
  const CivilMinute floor(second);
  return CivilSecond(floor) == second ? floor : floor + 1;
}

CivilSecond shifted(CivilSecond second, absl::Duration by) {
  return second + absl::ToInt64Seconds(by);
}

// REQUIRES: a fixed-time job.
Time fire_of(const TimeZone::TimeInfo& info) {
  return info.kind == TimeZone::TimeInfo::SKIPPED ? info.trans : info.pre;
}

std::optional<Time> next_fixed(const Cron& cron, const TimeZone& zone, Time after) {
  CivilMinute from = CivilMinute(zone.At(after).cs) + 1;
  while (const auto match = first_match(cron, from)) {
    const TimeZone::TimeInfo info = zone.At(CivilSecond(*match));
    const Time fire = fire_of(info);
    if (fire > after) return fire;
    // In the second pass of a repeated stretch: nothing fires before its end.
    from = *match + 1;
    if (info.kind == TimeZone::TimeInfo::REPEATED) {
      from = std::max(from, ceiling(shifted(CivilSecond(*match), info.trans - info.pre)));
    }
  }
  return std::nullopt;
}

std::optional<Time> previous_fixed(const Cron& cron, const TimeZone& zone, Time before) {
  const CivilSecond local = zone.At(before).cs;
  CivilMinute from(local);
  const TimeZone::TimeInfo here = zone.At(local);
  if (here.kind == TimeZone::TimeInfo::REPEATED && before >= here.trans) {
    from = ceiling(shifted(local, here.trans - here.pre)) - 1;  // the first pass went further than the clock shows
  }
  while (const auto match = last_match(cron, from)) {
    const TimeZone::TimeInfo info = zone.At(CivilSecond(*match));
    const Time fire = fire_of(info);
    if (fire < before) return fire;
    from = *match - 1;
    if (info.kind == TimeZone::TimeInfo::SKIPPED) {  // all of the gap fires at one instant: go before it
      from = std::min(from, ceiling(shifted(CivilSecond(*match), info.trans - info.pre)) - 1);
    }
  }
  return std::nullopt;
}

// The instant of a change of offset.
Time instant_of(const TimeZone& zone, const TimeZone::CivilTransition& change) {
  return zone.At(change.to).trans;
}

std::optional<Time> next_by_clock(const Cron& cron, const TimeZone& zone, Time after) {
  const auto last_year = zone.At(after).cs.year() + years_searched;
  Time anchor = after;
  CivilMinute from = CivilMinute(zone.At(after).cs) + 1;
  for (;;) {
    const TimeZone::CivilInfo here = zone.At(anchor);
    const auto match = first_match(cron, from);
    if (!match || match->year() > last_year) return std::nullopt;
    const Time fire = anchor - here.subsecond + absl::Seconds(CivilSecond(*match) - here.cs);
    TimeZone::CivilTransition change;
    if (!zone.NextTransition(anchor, &change)) return fire;
    const Time end = instant_of(zone, change);
    if (fire < end) return fire;
    // No match between `from` and `match`. A change soon after the anchor may bring back minutes before `from`; later
    // ones cannot, and may be leapt over until the match comes near.
    if (end - anchor > more_than_any_shift) {
      anchor = std::max(end, fire - more_than_any_shift);
    } else {
      anchor = end;
    }
    from = ceiling(zone.At(anchor).cs);
  }
}

std::optional<Time> previous_by_clock(const Cron& cron, const TimeZone& zone, Time before) {
  const auto first_year = zone.At(before).cs.year() - years_searched;
  Time anchor = next_whole_second(before);  // fires earlier than this are looked for
  for (;;) {
    const Time last_second = anchor - absl::Seconds(1);
    const CivilSecond here = zone.At(last_second).cs;
    const auto match = last_match(cron, CivilMinute(here));
    if (!match || match->year() < first_year) return std::nullopt;
    const Time fire = last_second - absl::Seconds(here - CivilSecond(*match));
    TimeZone::CivilTransition change;
    if (!zone.PrevTransition(anchor, &change)) return fire;
    const Time start = instant_of(zone, change);
    if (fire >= start) return fire;
    if (anchor - start > more_than_any_shift) {
      anchor = std::min(start, fire + more_than_any_shift);
    } else {
      anchor = start;
    }
  }
}

}  // namespace

std::optional<Instant> next_after(const Cron& cron, const Zone& zone, Instant instant) {
  const TimeZone& local = zone.data().zone;
  const Time after = to_time(instant);
  return to_instant(cron.follows_clock ? next_by_clock(cron, local, after) : next_fixed(cron, local, after));
}

std::optional<Instant> previous_before(const Cron& cron, const Zone& zone, Instant instant) {
  const TimeZone& local = zone.data().zone;
  const Time before = to_time(instant);
  return to_instant(cron.follows_clock ? previous_by_clock(cron, local, before) : previous_fixed(cron, local, before));
}

std::vector<Instant> fires_between(const Cron& cron, const Zone& zone, Instant after, Instant until, std::size_t most) {
  std::vector<Instant> fires;
  auto fire = next_after(cron, zone, after);
  while (fire && *fire <= until && fires.size() < most) {
    fires.push_back(*fire);
    fire = next_after(cron, zone, *fire);
  }
  return fires;
}

}  // namespace linkaudit::schedules
