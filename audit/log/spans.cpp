// Spans cut at a horizon.
#include <algorithm>
#include <tuple>

#include "audit/log/log_state.h"
#include "audit/log/snapshot.h"
#include "audit/log/span_rows.h"

namespace linkaudit::log {
namespace {

class SpanReader {
 public:
  SpanReader(Connection& connection, const Horizon& horizon) : connection_(connection), horizon_(horizon) {}

  std::vector<SpanRow> read(const std::vector<StreamRow>& streams) {
    const bool all_known = !horizon_.known_entry || *horizon_.known_entry >= newest_entry();
    for (const StreamRow& stream : streams) all_known ? add_kept(stream) : add_from_observations(stream);
    std::sort(rows_.begin(), rows_.end(), [](const SpanRow& a, const SpanRow& b) {
      return std::tie(a.link, a.context, a.tier, a.source, a.first, a.first_entry) <
             std::tie(b.link, b.context, b.tier, b.source, b.first, b.first_entry);
    });
    return std::move(rows_);
  }

 private:
  std::int64_t newest_entry() {
    Query query = connection_.query("SELECT coalesce(max(seq), 0) FROM entry");
    query.step();
    return query.integer(0);
  }

  void add_kept(const StreamRow& stream) {
    Query query = connection_.query(
        "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span WHERE stream = ? AND first <= "
        "? "
        "ORDER BY first, first_entry");
    for (query.with(stream.number, milliseconds_of(horizon_.as_of)); query.step();) {
      KeptSpan span = kept_span_from(query, 0);
      if (instant_of(span.last) > horizon_.as_of) maker_.cut(stream.number, horizon_.as_of, span);
      rows_.push_back(maker_.row(stream, span));
    }
  }

  void add_from_observations(const StreamRow& stream) {
    Query query = connection_.query(
        "SELECT at, entry, state, valid_days FROM observation AS o WHERE stream = ?1 AND at <= ?2 AND entry <= ?3 "
        "AND (nth > 0 OR NOT EXISTS (SELECT 1 FROM annotation AS a WHERE a.about = o.entry AND a.kind <> 'note' "
        "AND a.entry <= ?3)) ORDER BY at, entry");
    KeptSpan span;
    for (query.with(stream.number, milliseconds_of(horizon_.as_of), *horizon_.known_entry); query.step();) {
      if (query.integer(2) != span.state) {
        if (span.count > 0) rows_.push_back(maker_.row(stream, span));
        span = {query.integer(0), query.integer(1), 0, 0, query.integer(2), 0, std::nullopt};
      }
      span.last = query.integer(0);
      span.last_entry = query.integer(1);
      span.count += 1;
      span.valid_days = query.optional_integer(3);
    }
    if (span.count > 0) rows_.push_back(maker_.row(stream, span));
  }

  Connection& connection_;
  const Horizon& horizon_;
  SpanRows maker_{connection_};
  std::vector<SpanRow> rows_;
};

std::vector<StreamRow> streams_from(Query& query) {
  std::vector<StreamRow> streams;
  while (query.step()) streams.push_back(stream_from(query));
  return streams;
}

}  // namespace

std::vector<SpanRow> spans(const Log& log, const Horizon& horizon) {
  return guarded(log.path(), [&] {
    Connection& connection = log.state().connection;
    const Snapshot snapshot(connection);
    Query query = connection.query(
        "SELECT s.id, c.link, c.platform, c.context, s.tier, s.observer, s.method, s.vantage "
        "FROM stream AS s JOIN cell AS c ON c.id = s.cell WHERE c.simulated = ? AND c.link <> ''");
    return SpanReader(connection, horizon).read(streams_from(query.with(horizon.simulated)));
  });
}

std::vector<SpanRow> spans_of(const Log& log, const Horizon& horizon, const std::string& link,
                              const std::string& context) {
  return guarded(log.path(), [&] {
    Connection& connection = log.state().connection;
    const Snapshot snapshot(connection);
    Query query = connection.query(
        "SELECT s.id, c.link, c.platform, c.context, s.tier, s.observer, s.method, s.vantage "
        "FROM stream AS s JOIN cell AS c ON c.id = s.cell "
        "WHERE c.simulated = ? AND c.link <> '' AND c.link = ? AND c.context = ?");
    return SpanReader(connection, horizon).read(streams_from(query.with(horizon.simulated, link, context)));
  });
}

}  // namespace linkaudit::log
