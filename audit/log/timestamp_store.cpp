// The time-stamps that a log keeps.
#include "audit/log/timestamp.h"
#include "audit/log/transact.h"

namespace linkaudit::log {

void keep_timestamp(Log& log, const KeptTimestamp& stamp) {
  transact(log.state(), [&] {
    log.state()
        .connection.query("INSERT INTO timestamp SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM timestamp")
        .with(stamp.checkpoint, std::string_view(stamp.request), std::string_view(stamp.reply))
        .run();
    return 0;
  });
}

std::vector<KeptTimestamp> timestamps(const Log& log) {
  return guarded(log.path(), [&] {
    std::vector<KeptTimestamp> all;
    Query row =
        log.state().connection.query("SELECT number, checkpoint, request, reply FROM timestamp ORDER BY number");
    while (row.step()) {
      all.push_back({row.integer(0), row.integer(1), std::string(row.bytes(2)), std::string(row.bytes(3))});
    }
    return all;
  });
}

}  // namespace linkaudit::log
