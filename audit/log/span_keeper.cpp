#include "audit/log/span_keeper.h"

namespace linkaudit::log {
namespace {

struct Span {
  std::int64_t first = 0, first_entry = 0, last = 0, last_entry = 0, state = 0, count = 0;
  std::optional<std::int64_t> valid_days;  // of the last observation
};

struct Neighbour {
  std::int64_t entry = 0, at = 0, nth = 0;
  std::optional<std::int64_t> valid_days;
};

class Keeper {
 public:
  Keeper(Connection& connection, const SeenState& seen) : connection_(connection), seen_(seen) {}

  void add() {
    const auto before = span_before();
    if (!before) {
      add_after_nothing();
    } else if (before->last <= seen_.at) {
      add_after(*before);
    } else {
      add_within(*before);
    }
  }

 private:
  // The span that begins last at or before the new observation; a later entry comes after an earlier of the same
  // instant.
  std::optional<Span> span_before() {
    Query query = connection_.query(
        "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span WHERE stream = ? AND first <= "
        "? "
        "ORDER BY first DESC, first_entry DESC LIMIT 1");
    return one_span(query.with(seen_.stream, seen_.at));
  }

  std::optional<Span> span_after() {
    Query query = connection_.query(
        "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span WHERE stream = ? AND first > "
        "? "
        "ORDER BY first, first_entry LIMIT 1");
    return one_span(query.with(seen_.stream, seen_.at));
  }

  static std::optional<Span> one_span(Query& query) {
    if (!query.step()) return std::nullopt;
    return Span{query.integer(0), query.integer(1), query.integer(2),         query.integer(3),
                query.integer(4), query.integer(5), query.optional_integer(6)};
  }

  Neighbour neighbour_before() {
    Query query = connection_.query(
        "SELECT entry, at, nth, valid_days FROM observation WHERE stream = ? AND at <= ? AND nth > 0 "
        "ORDER BY at DESC, entry DESC LIMIT 1");
    query.with(seen_.stream, seen_.at).step();
    return {query.integer(0), query.integer(1), query.integer(2), query.optional_integer(3)};
  }

  Neighbour neighbour_after() {
    Query query = connection_.query(
        "SELECT entry, at, nth, valid_days FROM observation WHERE stream = ? AND at > ? AND nth > 0 "
        "ORDER BY at, entry LIMIT 1");
    query.with(seen_.stream, seen_.at).step();
    return {query.integer(0), query.integer(1), query.integer(2), query.optional_integer(3)};
  }

  void add_after(Span span) {
    if (span.state != seen_.state) return add_after_nothing();
    span.last = seen_.at;
    span.last_entry = seen_.entry;
    span.count += 1;
    span.valid_days = seen_.valid_days;
    update(span);
    write_observation(span.count);
  }

  // Between two spans, or before or after all: joins the one that follows if it can, else begins one of its own.
  void add_after_nothing() {
    auto next = span_after();
    if (next && next->state == seen_.state) {
      remove(*next);
      shift(*next, 1);
      next->first = seen_.at;
      next->first_entry = seen_.entry;
      next->count += 1;
      insert(*next);
    } else {
      insert({seen_.at, seen_.entry, seen_.at, seen_.entry, seen_.state, 1, seen_.valid_days});
    }
    write_observation(1);
  }

  void add_within(Span span) {
    const Neighbour before = neighbour_before();
    if (span.state == seen_.state) {
      shift(span, 1);
      span.count += 1;
      update(span);
      return write_observation(before.nth + 1);
    }
    const Neighbour after = neighbour_after();
    shift(span, -before.nth);
    insert({seen_.at, seen_.entry, seen_.at, seen_.entry, seen_.state, 1, seen_.valid_days});
    insert({after.at, after.entry, span.last, span.last_entry, span.state, span.count - before.nth, span.valid_days});
    span.last = before.at;
    span.last_entry = before.entry;
    span.count = before.nth;
    span.valid_days = before.valid_days;
    update(span);
    write_observation(1);
  }

  // Moves the places of the observations of `span` that come after the new one. At the instant of its last, the next
  // span may have begun.
  void shift(const Span& span, std::int64_t by) {
    connection_
        .query(
            "UPDATE observation SET nth = nth + ? WHERE stream = ? AND at > ? AND at <= ? AND (at < ? OR entry <= ?) "
            "AND nth > 0")
        .with(by, seen_.stream, seen_.at, span.last, span.last, span.last_entry)
        .run();
  }

  void insert(const Span& span) {
    connection_.query("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .with(seen_.stream, span.first, span.first_entry, span.last, span.last_entry, span.state, span.count,
              span.valid_days)
        .run();
  }

  void update(const Span& span) {
    connection_
        .query(
            "UPDATE span SET last = ?, last_entry = ?, count = ?, valid_days = ? "
            "WHERE stream = ? AND first = ? AND first_entry = ?")
        .with(span.last, span.last_entry, span.count, span.valid_days, seen_.stream, span.first, span.first_entry)
        .run();
  }

  void remove(const Span& span) {
    connection_.query("DELETE FROM span WHERE stream = ? AND first = ? AND first_entry = ?")
        .with(seen_.stream, span.first, span.first_entry)
        .run();
  }

  void write_observation(std::int64_t nth) {
    connection_.query("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?)")
        .with(seen_.entry, seen_.at, seen_.stream, seen_.state, nth, seen_.valid_days)
        .run();
  }

  Connection& connection_;
  const SeenState& seen_;
};

}  // namespace

void add_to_spans(Connection& connection, const SeenState& seen) {
  Keeper(connection, seen).add();
}

}  // namespace linkaudit::log
