// The newest spans of each stream: enough to look at one instant, however long the history.
#include <algorithm>

#include "audit/log/log_state.h"
#include "audit/log/snapshot.h"
#include "audit/log/span_rows.h"

namespace linkaudit::log {
namespace {

class Reader {
 public:
  Reader(Connection& connection, const Horizon& horizon, std::int64_t most)
      : connection_(connection), horizon_(horizon), most_(most) {}

  void add(const StreamRow& stream) {
    Query query = connection_.query(
        "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span WHERE stream = ? AND first <= "
        "? ORDER BY first DESC, first_entry DESC LIMIT ?");
    const std::size_t begin = rows_.size();
    std::int64_t wanted = most_;
    for (query.with(stream.number, milliseconds_of(horizon_.as_of), most_ + 1); query.step();) {
      if (wanted-- == 0) {
        rows_.back().earlier = true;
        break;
      }
      KeptSpan span = kept_span_from(query, 0);
      if (instant_of(span.last) > horizon_.as_of) maker_.cut(stream.number, horizon_.as_of, span);
      rows_.push_back(maker_.row(stream, span));
    }
    std::reverse(rows_.begin() + static_cast<std::ptrdiff_t>(begin), rows_.end());
  }

  std::vector<SpanRow> rows() { return std::move(rows_); }

 private:
  Connection& connection_;
  const Horizon& horizon_;
  std::int64_t most_;
  SpanRows maker_{connection_};
  std::vector<SpanRow> rows_;
};

bool inside_the_log(Connection& connection, const Horizon& horizon) {
  Query query = connection.query("SELECT coalesce(max(seq), 0) FROM entry");
  return query.step() && horizon.known_entry && *horizon.known_entry < query.integer(0);
}

}  // namespace

std::vector<SpanRow> newest_spans(const Log& log, const Horizon& horizon, std::int64_t most,
                                  const std::function<bool(const SpanRow& cell)>& wanted) {
  return guarded(log.path(), [&] {
    Connection& connection = log.state().connection;
    const Snapshot snapshot(connection);
    if (inside_the_log(connection, horizon)) {
      std::vector<SpanRow> all = spans(log, horizon);
      std::erase_if(all, [&](const SpanRow& row) { return !wanted(row); });
      return all;
    }
    Reader reader(connection, horizon, std::max<std::int64_t>(most, 1));
    Query query = connection.query(
        "SELECT s.id, c.link, c.platform, c.context, s.tier, s.observer, s.method, s.vantage "
        "FROM stream AS s JOIN cell AS c ON c.id = s.cell WHERE c.simulated = ? AND c.link <> ''");
    for (query.with(horizon.simulated); query.step();) {
      const StreamRow stream = stream_from(query);
      if (wanted(stream.row)) reader.add(stream);
    }
    return reader.rows();
  });
}

}  // namespace linkaudit::log
