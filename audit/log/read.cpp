// Gaps, runs, catalogs, fires and counts.
#include "audit/log/read.h"

#include <limits>

#include "audit/log/log_state.h"

namespace linkaudit::log {
namespace {

constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();

std::int64_t known_of(const Horizon& horizon) {
  return horizon.known_entry.value_or(kNoBound);
}

Gap gap_from(const Query& row) {
  Gap gap;
  gap.at = instant_of(row.integer(1));
  gap.link = row.text(2);
  gap.context = row.text(3);
  gap.schedule = row.text(4);
  gap.reason = row.text(5);
  gap.method = row.text(6);
  gap.vantage = row.text(7);
  gap.simulated = row.integer(8) != 0;
  return gap;
}

}  // namespace

void for_each_gap(const Log& log, const Horizon& horizon, const std::function<bool(const LoggedGap&)>& each) {
  guarded(log.path(), [&] {
    // A statement of its own: `each` may ask this log for more.
    SQLite::Statement statement = log.state().connection.statement(
        "SELECT g.entry, g.at, c.link, c.context, g.schedule, g.reason, g.method, g.vantage, c.simulated, "
        // Only these have a detail.
        "CASE g.reason WHEN 'own_line_down' THEN (SELECT record FROM entry WHERE seq = g.entry) END "
        "FROM gap AS g CROSS JOIN cell AS c ON c.id = g.cell "
        "WHERE g.at <= ? AND g.entry <= ? AND c.simulated = ? ORDER BY g.at, g.entry");
    Query row(statement);
    for (row.with(milliseconds_of(horizon.as_of), known_of(horizon), horizon.simulated); row.step();) {
      const std::int64_t entry = row.integer(0);
      Gap gap = gap_from(row);
      if (gap.reason == "own_line_down") {
        Log::State& state = log.state();
        gap.detail = state.decoded(entry, [&] { return read_gap(state.record(row.bytes(9))); }).detail;
      }
      if (!each({entry, std::move(gap)})) return;
    }
  });
}

std::vector<LoggedRun> runs(const Log& log, const Horizon& horizon) {
  return guarded(log.path(), [&] {
    Log::State& state = log.state();
    std::vector<LoggedRun> found;
    Query row = state.connection.query(
        "SELECT r.entry, e.record FROM run AS r JOIN entry AS e ON e.seq = r.entry "
        "WHERE r.at <= ? AND r.entry <= ? AND r.simulated = ? ORDER BY r.at, r.entry");
    for (row.with(milliseconds_of(horizon.as_of), known_of(horizon), horizon.simulated); row.step();) {
      const std::int64_t entry = row.integer(0);
      found.push_back({entry, state.decoded(entry, [&] { return read_run(state.record(row.bytes(1))); })});
    }
    return found;
  });
}

std::vector<LoggedCatalog> catalogs(const Log& log) {
  return guarded(log.path(), [&] {
    Log::State& state = log.state();
    std::vector<LoggedCatalog> found;
    Query row = state.connection.query(
        "SELECT c.entry, e.record FROM catalog AS c JOIN entry AS e ON e.seq = c.entry ORDER BY c.entry");
    while (row.step()) {
      const std::int64_t entry = row.integer(0);
      found.push_back({entry, state.decoded(entry, [&] { return read_catalog(state.record(row.bytes(1))); })});
    }
    return found;
  });
}

std::map<std::pair<std::string, std::string>, Instant> last_fires(const Log& log, const std::string& schedule,
                                                                  std::optional<bool> simulated) {
  return guarded(log.path(), [&] {
    std::map<std::pair<std::string, std::string>, Instant> newest;
    Query row = log.state().connection.query(
        "SELECT c.link, c.context, max(f.planned) FROM fire AS f JOIN cell AS c ON c.id = f.cell "
        "WHERE f.schedule = ?1 AND c.simulated = coalesce(?2, c.simulated) GROUP BY c.link, c.context");
    for (row.with(schedule, simulated); row.step();) newest[{row.text(0), row.text(1)}] = instant_of(row.integer(2));
    return newest;
  });
}

std::map<std::string, std::int64_t> counts(const Log& log, const Horizon& horizon) {
  return guarded(log.path(), [&] {
    std::map<std::string, std::int64_t> numbers;
    Query row = log.state().connection.query(
        "SELECT CASE s.method WHEN 'attestation' THEN 'attestation' ELSE 'observation' END, count(*) "
        "FROM observation AS o JOIN stream AS s ON s.id = o.stream JOIN cell AS c ON c.id = s.cell "
        "WHERE o.at <= ?1 AND o.entry <= ?2 AND c.simulated = ?3 GROUP BY 1 "
        "UNION ALL SELECT 'annotation', count(*) FROM annotation AS a JOIN entry AS old ON old.seq = a.about "
        "WHERE old.at <= ?1 AND a.entry <= ?2 AND a.simulated = ?3 "
        "UNION ALL SELECT 'waiver', count(*) FROM waiver WHERE entry <= ?2 AND simulated = ?3 "
        "UNION ALL SELECT 'gap', count(*) FROM gap AS g JOIN cell AS c ON c.id = g.cell "
        "WHERE g.at <= ?1 AND g.entry <= ?2 AND c.simulated = ?3 "
        "UNION ALL SELECT 'run', count(*) FROM run WHERE at <= ?1 AND entry <= ?2 AND simulated = ?3 "
        "UNION ALL SELECT 'catalog', count(*) FROM catalog WHERE at <= ?1 AND entry <= ?2");
    for (row.with(milliseconds_of(horizon.as_of), known_of(horizon), horizon.simulated); row.step();) {
      if (row.integer(1) != 0) numbers[row.text(0)] = row.integer(1);
    }
    return numbers;
  });
}

std::int64_t newest_entry_at(const Log& log, Instant recorded_at) {
  return guarded(log.path(), [&] {
    Log::State& state = log.state();
    std::int64_t known = 0, beyond = state.size() + 1;
    while (beyond - known > 1) {  // by halves: there is no index on what grows all the time
      const std::int64_t entry = known + (beyond - known) / 2;
      Query row = state.connection.query("SELECT recorded_at FROM entry WHERE seq = ?");
      const bool recorded = row.with(entry).step() && row.integer(0) <= milliseconds_of(recorded_at);
      (recorded ? known : beyond) = entry;
    }
    return known;
  });
}

std::int64_t newest_entry(const Log& log, const Horizon& horizon) {
  return guarded(log.path(), [&] {
    // The numerous ones from the end on: mostly the first that is looked at lies within the horizon.
    Query row = log.state().connection.query(
        "SELECT coalesce(max(entry), 0) FROM ("
        "SELECT * FROM (SELECT o.entry AS entry FROM observation AS o JOIN stream AS s ON s.id = o.stream "
        "JOIN cell AS c ON c.id = s.cell WHERE o.at <= ?1 AND o.entry <= ?2 AND c.simulated = ?3 "
        "ORDER BY o.entry DESC LIMIT 1) "
        "UNION ALL SELECT * FROM (SELECT g.entry FROM gap AS g JOIN cell AS c ON c.id = g.cell "
        "WHERE g.at <= ?1 AND g.entry <= ?2 AND c.simulated = ?3 ORDER BY g.entry DESC LIMIT 1) "
        "UNION ALL SELECT max(entry) FROM run WHERE at <= ?1 AND entry <= ?2 AND simulated = ?3 "
        "UNION ALL SELECT max(a.entry) FROM annotation AS a JOIN entry AS old ON old.seq = a.about "
        "WHERE old.at <= ?1 AND a.entry <= ?2 AND a.simulated = ?3 "
        "UNION ALL SELECT max(entry) FROM waiver WHERE entry <= ?2 AND simulated = ?3 "
        "UNION ALL SELECT max(entry) FROM remark WHERE entry <= ?2 AND simulated = ?3 "
        "UNION ALL SELECT max(entry) FROM catalog WHERE at <= ?1 AND entry <= ?2)");
    row.with(milliseconds_of(horizon.as_of), known_of(horizon), horizon.simulated).step();
    return row.integer(0);
  });
}

std::optional<std::string> fact(const Log& log, const std::string& sha256) {
  const auto digest = digest_from_hex(sha256);
  if (!digest) return std::nullopt;
  return guarded(log.path(), [&]() -> std::optional<std::string> {
    Query query = log.state().connection.query("SELECT data FROM fact WHERE digest = ?");
    if (!query.with(bytes_of(*digest)).step()) return std::nullopt;
    return log.state().record(query.bytes(0));
  });
}

}  // namespace linkaudit::log
