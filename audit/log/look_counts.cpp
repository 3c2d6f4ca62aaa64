// Looks by quarters of an hour: what was counted when they were written, and at the ends of the horizon, within a
// quarter or before some later entry, counted one by one.
#include <algorithm>
#include <limits>
#include <tuple>

#include "audit/log/log_state.h"
#include "audit/log/read.h"

namespace linkaudit::log {
namespace {

constexpr std::int64_t kQuarterMs = std::chrono::milliseconds(kQuarter).count();
constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();

// Rows of: quarter, type, reason, count.
void add_rows(Query& row, std::vector<LookCount>& found) {
  while (row.step()) {
    found.push_back({instant_of(row.integer(0) * kQuarterMs), row.text(1), row.text(2), row.integer(3)});
  }
}

// Instants from `begin` to `end`, both inclusive.
void count_one_by_one(Log::State& state, std::int64_t begin, std::int64_t end, std::int64_t known, bool simulated,
                      std::vector<LookCount>& found) {
  if (begin > end) return;
  Query row = state.connection.query(
      "SELECT o.at / ?5, CASE WHEN o.nth = 0 AND EXISTS (SELECT 1 FROM annotation AS a WHERE a.about = o.entry "
      "AND a.kind <> 'note' AND a.entry <= ?3) THEN 'withdrawn' "
      "WHEN s.method = 'attestation' THEN 'attestation' ELSE 'observation' END, '', count(*) "
      "FROM observation AS o JOIN stream AS s ON s.id = o.stream JOIN cell AS c ON c.id = s.cell "
      "WHERE o.at <= ?1 AND o.at >= ?2 AND o.entry <= ?3 AND c.simulated = ?4 AND NOT (o.nth = 0 AND EXISTS (SELECT 1 "
      "FROM annotation AS a WHERE a.about = o.entry AND a.kind = 'reclassification' AND a.entry <= ?3)) GROUP BY 1, 2 "
      "UNION ALL SELECT g.at / ?5, 'gap', g.reason, count(*) FROM gap AS g JOIN cell AS c ON c.id = g.cell "
      "WHERE g.at <= ?1 AND g.at >= ?2 AND g.entry <= ?3 AND c.simulated = ?4 GROUP BY 1, 3");
  add_rows(row.with(end, begin, known, simulated, kQuarterMs), found);
}

// Whole quarters from `begin` to before `end`.
void add_counted(Log::State& state, std::int64_t begin, std::int64_t end, bool simulated,
                 std::vector<LookCount>& found) {
  Query row = state.connection.query(
      "SELECT quarter, type, reason, count FROM look WHERE quarter >= ? AND quarter < ? AND simulated = ?");
  add_rows(row.with(begin, end, simulated), found);
}

void sort_and_join(std::vector<LookCount>& found) {
  const auto key = [](const LookCount& each) { return std::tie(each.begin, each.type, each.reason); };
  std::sort(found.begin(), found.end(), [&](const auto& left, const auto& right) { return key(left) < key(right); });
  std::vector<LookCount> joined;
  for (LookCount& each : found) {
    if (!joined.empty() && key(joined.back()) == key(each)) {
      joined.back().count += each.count;
    } else {
      joined.push_back(std::move(each));
    }
  }
  found = std::move(joined);
}

}  // namespace

std::vector<LookCount> look_counts(const Log& log, const Horizon& horizon, std::optional<Instant> since) {
  return guarded(log.path(), [&] {
    Log::State& state = log.state();
    std::vector<LookCount> found;
    const std::int64_t begin = since ? milliseconds_of(*since) : kFirst, end = milliseconds_of(horizon.as_of);
    const std::int64_t known = horizon.known_entry.value_or(kLast);
    // Before 1970 quarters are cut the other way round, and at the end of time there is none after the last.
    const auto odd = [](std::int64_t at) { return at != kFirst && at != kLast && (at < 0 || at > kLast - kQuarterMs); };
    if (known < state.size() || odd(begin) || odd(end)) {
      count_one_by_one(state, begin, end, known, horizon.simulated, found);
    } else {
      // The quarter of either end is counted one by one; an end that is none (the first or last instant) has none.
      const std::int64_t first = begin == kFirst ? kFirst : begin / kQuarterMs + 1;
      const std::int64_t last = end == kLast ? kLast : end / kQuarterMs;
      if (begin != kFirst) {
        count_one_by_one(state, begin, std::min(end, first * kQuarterMs - 1), known, horizon.simulated, found);
      }
      add_counted(state, first, last, horizon.simulated, found);
      if (end != kLast && last >= first) {
        count_one_by_one(state, last * kQuarterMs, end, known, horizon.simulated, found);
      }
    }
    sort_and_join(found);
    return found;
  });
}

}  // namespace linkaudit::log
