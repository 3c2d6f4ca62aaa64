#include "audit/log/fires.h"

#include "audit/log/log_state.h"

namespace linkaudit::log {

void for_each_last_fire(const Log& log, const std::string& schedule, bool simulated, const LastFire& each) {
  guarded(log.path(), [&] {
    Query row = log.state().connection.query(
        "SELECT c.link, c.context, f.planned FROM fire AS f JOIN cell AS c ON c.id = f.cell "
        "WHERE f.schedule = ? AND c.simulated = ?");
    for (row.with(schedule, simulated); row.step();) each(row.bytes(0), row.bytes(1), instant_of(row.integer(2)));
  });
}

std::map<std::string, Instant> newest_fires(const Log& log, bool simulated) {
  return guarded(log.path(), [&] {
    std::map<std::string, Instant> newest;
    Query row = log.state().connection.query(
        "SELECT f.schedule, max(f.planned) FROM fire AS f JOIN cell AS c ON c.id = f.cell WHERE c.simulated = ? "
        "GROUP BY f.schedule");
    for (row.with(simulated); row.step();) newest.emplace(row.text(0), instant_of(row.integer(1)));
    return newest;
  });
}

std::map<std::string, std::map<std::string, std::int64_t>> gaps_by_schedule(const Log& log, bool simulated,
                                                                            Instant since, Instant until) {
  return guarded(log.path(), [&] {
    std::map<std::string, std::map<std::string, std::int64_t>> gaps;
    Query row = log.state().connection.query(
        "SELECT g.schedule, g.reason, count(*) FROM gap AS g JOIN cell AS c ON c.id = g.cell "
        "WHERE g.at > ? AND g.at <= ? AND c.simulated = ? GROUP BY 1, 2");
    for (row.with(milliseconds_of(since), milliseconds_of(until), simulated); row.step();) {
      gaps[row.text(0)][row.text(1)] = row.integer(2);
    }
    return gaps;
  });
}

}  // namespace linkaudit::log
