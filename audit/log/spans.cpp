// Spans cut at a horizon.
#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "audit/log/log_state.h"
#include "audit/log/snapshot.h"
#include "audit/log/span_rows.h"

namespace linkaudit::log {
namespace {

constexpr const char* kStreams =
    "SELECT s.id, c.link, c.platform, c.context, s.tier, s.observer, s.method, s.vantage "
    "FROM stream AS s JOIN cell AS c ON c.id = s.cell WHERE c.simulated = ?1 AND c.link <> ''";
constexpr const char* kStreamsOfCell =
    "SELECT s.id, c.link, c.platform, c.context, s.tier, s.observer, s.method, s.vantage "
    "FROM cell AS c JOIN stream AS s ON c.id = s.cell WHERE c.simulated = ?1 AND c.link = ?2 AND c.link <> '' "
    "AND c.context = ?3";

using EachSpan = std::function<void(const SpanRow&)>;

class SpanReader {
 public:
  SpanReader(Connection& connection, const Horizon& horizon, const EachSpan& each)
      : connection_(connection),
        horizon_(horizon),
        each_(each),
        all_known_(!horizon.known_entry || *horizon.known_entry >= newest_entry()) {}

  // `streams` gives rows as stream_from() takes them.
  void read(Query streams) {
    while (streams.step()) {
      StreamRow stream = stream_from(streams);
      all_known_ ? read_kept(stream) : read_from_observations(stream);
    }
  }

  void read_newest(Query streams) {
    while (streams.step()) {
      StreamRow stream = stream_from(streams);
      Query query = connection_.query(
          "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span WHERE stream = ? "
          "AND first <= ? ORDER BY first DESC, first_entry DESC LIMIT 1");
      if (query.with(stream.number, milliseconds_of(horizon_.as_of)).step()) give_cut(stream, query);
    }
  }

 private:
  std::int64_t newest_entry() {
    Query query = connection_.query("SELECT coalesce(max(seq), 0) FROM entry");
    query.step();
    return query.integer(0);
  }

  void read_kept(StreamRow& stream) {
    Query query = connection_.query(
        "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span WHERE stream = ? AND first <= "
        "? "
        "ORDER BY first, first_entry");
    for (query.with(stream.number, milliseconds_of(horizon_.as_of)); query.step();) give_cut(stream, query);
  }

  void give_cut(StreamRow& stream, const Query& query) {
    KeptSpan span = kept_span_from(query, 0);
    if (instant_of(span.last) > horizon_.as_of) maker_.cut(stream.number, horizon_.as_of, span);
    give(stream, span);
  }

  void read_from_observations(StreamRow& stream) {
    Query query = connection_.query(
        "SELECT at, entry, state, valid_days FROM observation AS o WHERE stream = ?1 AND at <= ?2 AND entry <= ?3 "
        "AND (nth > 0 OR NOT EXISTS (SELECT 1 FROM annotation AS a WHERE a.about = o.entry AND a.kind <> 'note' "
        "AND a.entry <= ?3)) ORDER BY at, entry");
    KeptSpan span;
    for (query.with(stream.number, milliseconds_of(horizon_.as_of), *horizon_.known_entry); query.step();) {
      if (query.integer(2) != span.state) {
        if (span.count > 0) give(stream, span);
        span = {query.integer(0), query.integer(1), 0, 0, query.integer(2), 0, std::nullopt};
      }
      span.last = query.integer(0);
      span.last_entry = query.integer(1);
      span.count += 1;
      span.valid_days = query.optional_integer(3);
    }
    if (span.count > 0) give(stream, span);
  }

  void give(StreamRow& stream, const KeptSpan& span) {
    maker_.fill(stream.row, span);
    each_(stream.row);
  }

  Connection& connection_;
  const Horizon& horizon_;
  const EachSpan& each_;
  bool all_known_;
  SpanRows maker_{connection_};
};

// All spans are read once, in the order of the file: whoever judges them needs the memory more.
class SmallCache {
 public:
  explicit SmallCache(Connection& connection) : connection_(connection) { connection_.set_cache(kSmallCacheKibibytes); }
  SmallCache(const SmallCache&) = delete;
  SmallCache& operator=(const SmallCache&) = delete;
  ~SmallCache() {
    try {
      connection_.set_cache(kCacheKibibytes);
    } catch (const SQLite::Exception&) {  // it stays small: slower, and nothing else
    }
  }

 private:
  static constexpr int kSmallCacheKibibytes = 1024;

  Connection& connection_;
};

std::vector<SpanRow> in_order(std::vector<SpanRow> rows) {
  std::sort(rows.begin(), rows.end(), [](const SpanRow& a, const SpanRow& b) {
    return std::tie(a.link, a.context, a.tier, a.source, a.first, a.first_entry) <
           std::tie(b.link, b.context, b.tier, b.source, b.first, b.first_entry);
  });
  return rows;
}

}  // namespace

void for_each_span(const Log& log, const Horizon& horizon, const EachSpan& each) {
  guarded(log.path(), [&] {
    Connection& connection = log.state().connection;
    const SmallCache cache(connection);
    const Snapshot snapshot(connection);
    Query query = connection.query(kStreams);
    query.with(horizon.simulated);
    SpanReader(connection, horizon, each).read(std::move(query));
    sqlite3_db_release_memory(connection.database().getHandle());
  });
}

void for_each_newest_span(const Log& log, const Horizon& horizon, const EachSpan& each) {
  guarded(log.path(), [&] {
    Connection& connection = log.state().connection;
    const Snapshot snapshot(connection);
    Query query = connection.query(kStreams);
    query.with(horizon.simulated);
    SpanReader(connection, horizon, each).read_newest(std::move(query));
  });
}

std::vector<SpanRow> spans(const Log& log, const Horizon& horizon) {
  std::vector<SpanRow> rows;
  for_each_span(log, horizon, [&](const SpanRow& row) { rows.push_back(row); });
  return in_order(std::move(rows));
}

std::vector<SpanRow> spans_of(const Log& log, const Horizon& horizon, const std::string& link,
                              const std::string& context) {
  return guarded(log.path(), [&] {
    Connection& connection = log.state().connection;
    const Snapshot snapshot(connection);
    Query query = connection.query(kStreamsOfCell);
    query.with(horizon.simulated, link, context);
    std::vector<SpanRow> rows;
    SpanReader(connection, horizon, [&](const SpanRow& row) { rows.push_back(row); }).read(std::move(query));
    return in_order(std::move(rows));
  });
}

}  // namespace linkaudit::log
