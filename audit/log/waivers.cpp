// Waivers that came, changed and went.
#include <limits>

#include "audit/log/log_state.h"
#include "audit/log/read.h"

namespace linkaudit::log {

std::vector<LoggedWaiver> waivers(const Log& log, const Horizon& horizon) {
  return guarded(log.path(), [&] {
    Log::State& state = log.state();
    std::vector<LoggedWaiver> found;
    Query row = state.connection.query(
        "SELECT w.entry, e.record FROM waiver AS w JOIN entry AS e ON e.seq = w.entry "
        "WHERE w.entry <= ? AND w.simulated = ? ORDER BY w.entry");
    const std::int64_t known = horizon.known_entry.value_or(std::numeric_limits<std::int64_t>::max());
    for (row.with(known, horizon.simulated); row.step();) {
      const std::int64_t entry = row.integer(0);
      found.push_back({entry, state.decoded(entry, [&] { return read_waiver(state.record(row.bytes(1))); })});
    }
    return found;
  });
}

}  // namespace linkaudit::log
