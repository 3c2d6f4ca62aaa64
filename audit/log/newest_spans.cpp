// The newest spans of each stream: enough to look at one instant, however long the history.
#include <algorithm>

#include "audit/log/log_state.h"
#include "audit/log/snapshot.h"
#include "audit/log/span_rows.h"

namespace linkaudit::log {
namespace {

using Each = std::function<void(const SpanRow&)>;

class Reader {
 public:
  Reader(Connection& connection, const Horizon& horizon, std::int64_t most)
      : connection_(connection), horizon_(horizon), most_(most) {}

  // A span goes out when it is known whether there is an earlier one.
  void read(StreamRow& stream, const Each& each) {
    Query query = connection_.query(
        "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span WHERE stream = ? AND first <= "
        "? ORDER BY first DESC, first_entry DESC LIMIT ?");
    std::int64_t found = 0;
    for (query.with(stream.number, milliseconds_of(horizon_.as_of), most_ + 1); query.step(); ++found) {
      stream.row.earlier = found == most_;
      if (found > 0) each(stream.row);
      if (found == most_) return;
      KeptSpan span = kept_span_from(query, 0);
      if (instant_of(span.last) > horizon_.as_of) maker_.cut(stream.number, horizon_.as_of, span);
      maker_.fill(stream.row, span);
    }
    if (found > 0) each(stream.row);
  }

 private:
  Connection& connection_;
  const Horizon& horizon_;
  std::int64_t most_;
  SpanRows maker_{connection_};
};

bool inside_the_log(Connection& connection, const Horizon& horizon) {
  Query query = connection.query("SELECT coalesce(max(seq), 0) FROM entry");
  return query.step() && horizon.known_entry && *horizon.known_entry < query.integer(0);
}

}  // namespace

void for_each_newest_span(const Log& log, const Horizon& horizon, std::int64_t most,
                          const std::function<bool(const SpanRow& cell)>& wanted, const Each& each) {
  guarded(log.path(), [&] {
    Connection& connection = log.state().connection;
    const Snapshot snapshot(connection);
    if (inside_the_log(connection, horizon)) {
      for (const SpanRow& row : spans(log, horizon)) {
        if (wanted(row)) each(row);
      }
      return;
    }
    Reader reader(connection, horizon, std::max<std::int64_t>(most, 1));
    Query query = connection.query(
        "SELECT s.id, c.link, c.platform, c.context, s.tier, s.observer, s.method, s.vantage "
        "FROM stream AS s JOIN cell AS c ON c.id = s.cell WHERE c.simulated = ? AND c.link <> ''");
    for (query.with(horizon.simulated); query.step();) {
      StreamRow stream = stream_from(query);
      if (wanted(stream.row)) reader.read(stream, each);
    }
  });
}

}  // namespace linkaudit::log
