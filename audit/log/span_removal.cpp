#include "audit/log/span_removal.h"

#include "audit/log/span_rows.h"

namespace linkaudit::log {
namespace {

struct Place {
  std::int64_t entry = 0, at = 0, stream = 0, nth = 0;
  std::optional<std::int64_t> valid_days;
};

class Remover {
 public:
  Remover(Connection& connection, std::int64_t entry) : connection_(connection), gone_(place_of(entry)) {}

  void remove() {
    KeptSpan span = *span_at_or_before(gone_.at, gone_.entry);
    connection_.query("UPDATE observation SET nth = 0 WHERE entry = ?").with(gone_.entry).run();
    drop(span);
    if (span.count == 1) return join_neighbours(span);
    shift(span, -1);
    span.count -= 1;
    if (gone_.nth == 1) {
      const Place first = neighbour_after();
      span.first = first.at;
      span.first_entry = first.entry;
    } else if (gone_.nth == span.count + 1) {
      const Place last = neighbour_before();
      span.last = last.at;
      span.last_entry = last.entry;
      span.valid_days = last.valid_days;
    }
    insert(span);
  }

 private:
  Place place_of(std::int64_t entry) {
    Query row = connection_.query("SELECT entry, at, stream, nth, valid_days FROM observation WHERE entry = ?");
    row.with(entry).step();
    return read(row);
  }
  static Place read(const Query& row) {
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.optional_integer(4)};
  }

  Place neighbour_before() {
    Query row = connection_.query(
        "SELECT entry, at, stream, nth, valid_days FROM observation WHERE stream = ? AND at <= ? AND nth > 0 "
        "AND (at, entry) < (?, ?) ORDER BY at DESC, entry DESC LIMIT 1");
    row.with(gone_.stream, gone_.at, gone_.at, gone_.entry).step();
    return read(row);
  }
  Place neighbour_after() {
    Query row = connection_.query(
        "SELECT entry, at, stream, nth, valid_days FROM observation WHERE stream = ? AND at >= ? AND nth > 0 "
        "AND (at, entry) > (?, ?) ORDER BY at, entry LIMIT 1");
    row.with(gone_.stream, gone_.at, gone_.at, gone_.entry).step();
    return read(row);
  }

  std::optional<KeptSpan> span_at_or_before(std::int64_t at, std::int64_t entry) {
    Query row = connection_.query(
        "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span "
        "WHERE stream = ? AND (first, first_entry) <= (?, ?) ORDER BY first DESC, first_entry DESC LIMIT 1");
    if (!row.with(gone_.stream, at, entry).step()) return std::nullopt;
    return kept_span_from(row, 0);
  }
  std::optional<KeptSpan> span_after() {
    Query row = connection_.query(
        "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span "
        "WHERE stream = ? AND (first, first_entry) > (?, ?) ORDER BY first, first_entry LIMIT 1");
    if (!row.with(gone_.stream, gone_.at, gone_.entry).step()) return std::nullopt;
    return kept_span_from(row, 0);
  }

  // Of what is beside a span that is gone.
  void join_neighbours(const KeptSpan& between) {
    const auto before = span_at_or_before(between.first, between.first_entry);
    const auto after = span_after();
    if (!before || !after || before->state != after->state) return;
    shift(*after, before->count);
    drop(*before);
    drop(*after);
    insert({before->first, before->first_entry, after->last, after->last_entry, before->state,
            before->count + after->count, after->valid_days});
  }

  // Moves the places of those observations of `span` that come after the one that is gone.
  void shift(const KeptSpan& span, std::int64_t by) {
    connection_
        .query(
            "UPDATE observation SET nth = nth + ? WHERE stream = ? AND at BETWEEN ? AND ? AND nth > 0 "
            "AND (at, entry) > (?, ?) AND (at, entry) <= (?, ?)")
        .with(by, gone_.stream, gone_.at, span.last, gone_.at, gone_.entry, span.last, span.last_entry)
        .run();
  }

  void insert(const KeptSpan& span) {
    connection_.query("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .with(gone_.stream, span.first, span.first_entry, span.last, span.last_entry, span.state, span.count,
              span.valid_days)
        .run();
  }
  void drop(const KeptSpan& span) {
    connection_.query("DELETE FROM span WHERE stream = ? AND first = ? AND first_entry = ?")
        .with(gone_.stream, span.first, span.first_entry)
        .run();
  }

  Connection& connection_;
  Place gone_;
};

}  // namespace

void take_from_spans(Connection& connection, std::int64_t entry) {
  Remover(connection, entry).remove();
}

}  // namespace linkaudit::log
