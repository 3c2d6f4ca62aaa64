// Reports that were given out, and what officers remarked in them.
#include <limits>

#include "audit/log/log_state.h"
#include "audit/log/read.h"

namespace linkaudit::log {
namespace {

template <typename Logged, typename Read>
std::vector<Logged> read_entries(const Log& log, const char* sql, const Horizon& horizon, Read read) {
  return guarded(log.path(), [&] {
    Log::State& state = log.state();
    std::vector<Logged> found;
    Query row = state.connection.query(sql);
    const std::int64_t known = horizon.known_entry.value_or(std::numeric_limits<std::int64_t>::max());
    for (row.with(known, horizon.simulated); row.step();) {
      const std::int64_t entry = row.integer(0);
      found.push_back({entry, state.decoded(entry, [&] { return read(state.record(row.bytes(1)), nullptr); })});
    }
    return found;
  });
}

}  // namespace

std::vector<LoggedRemark> remarks(const Log& log, const Horizon& horizon) {
  return read_entries<LoggedRemark>(log,
                                    "SELECT r.entry, e.record FROM remark AS r JOIN entry AS e ON e.seq = r.entry "
                                    "WHERE r.entry <= ? AND r.simulated = ? ORDER BY r.entry",
                                    horizon, read_remark);
}

std::vector<LoggedReport> issued_reports(const Log& log, const Horizon& horizon) {
  return read_entries<LoggedReport>(log,
                                    "SELECT r.entry, e.record FROM report AS r JOIN entry AS e ON e.seq = r.entry "
                                    "WHERE r.entry <= ? AND r.simulated = ? ORDER BY r.entry",
                                    horizon, read_report);
}

}  // namespace linkaudit::log
