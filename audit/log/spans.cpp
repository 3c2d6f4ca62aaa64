// Spans cut at a horizon.
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "audit/log/log_state.h"
#include "audit/log/snapshot.h"

namespace linkaudit::log {
namespace {

// A stream's part of its rows, and its number.
struct StreamRow {
  std::int64_t number = 0;
  SpanRow row;
};

class Reader {
 public:
  Reader(Connection& connection, const Horizon& horizon) : connection_(connection), horizon_(horizon) {}

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
      SpanRow& row = begin(stream, query.integer(4), query.integer(0), query.integer(1));
      end(row, query.integer(2), query.integer(3), query.integer(5), query.optional_integer(6));
      if (row.last > horizon_.as_of) cut(stream, row);
    }
  }

  // Each observation keeps its place in its span, so the last one before the horizon says how many there were.
  void cut(const StreamRow& stream, SpanRow& row) {
    Query query = connection_.query(
        "SELECT at, entry, nth, valid_days FROM observation WHERE stream = ? AND at <= ? "
        "ORDER BY at DESC, entry DESC LIMIT 1");
    query.with(stream.number, milliseconds_of(horizon_.as_of));
    if (query.step()) end(row, query.integer(0), query.integer(1), query.integer(2), query.optional_integer(3));
  }

  void add_from_observations(const StreamRow& stream) {
    Query query = connection_.query(
        "SELECT at, entry, state, valid_days FROM observation WHERE stream = ? AND at <= ? AND entry <= ? "
        "ORDER BY at, entry");
    std::int64_t state = 0, count = 0;
    for (query.with(stream.number, milliseconds_of(horizon_.as_of), *horizon_.known_entry); query.step();) {
      if (query.integer(2) != state) {
        state = query.integer(2);
        count = 0;
        begin(stream, state, query.integer(0), query.integer(1));
      }
      end(rows_.back(), query.integer(0), query.integer(1), ++count, query.optional_integer(3));
    }
  }

  SpanRow& begin(const StreamRow& stream, std::int64_t state, std::int64_t first, std::int64_t first_entry) {
    SpanRow& row = rows_.emplace_back(stream.row);
    describe(row, state);
    row.first = instant_of(first);
    row.first_entry = first_entry;
    return row;
  }

  static void end(SpanRow& row, std::int64_t last, std::int64_t last_entry, std::int64_t count,
                  std::optional<std::int64_t> valid_days) {
    row.last = instant_of(last);
    row.last_entry = last_entry;
    row.count = count;
    row.valid_days = valid_days ? std::optional<int>(static_cast<int>(*valid_days)) : std::nullopt;
  }

  void describe(SpanRow& row, std::int64_t number) {
    const auto [place, fresh] = states_.try_emplace(number);
    State& state = place->second;
    if (fresh) {
      Query query = connection_.query(
          "SELECT outcome, blame, rule, context_specific, steps, presentation, failure FROM state WHERE id = ?");
      if (query.with(number).step()) state = state_from(query, 0);
    }
    row.outcome = state.outcome;
    row.blame = state.blame;
    row.rule = state.rule;
    row.context_specific = state.context_specific;
    row.steps = state.steps;
    row.presentation = state.presentation;
    row.failure = state.failure ? std::string(name(*state.failure)) : std::string();
    row.network_failure = state.failure && probes::is_network_failure(*state.failure);
  }

  Connection& connection_;
  const Horizon& horizon_;
  std::unordered_map<std::int64_t, State> states_;
  std::vector<SpanRow> rows_;
};

std::vector<StreamRow> streams_from(Query& query) {
  std::vector<StreamRow> streams;
  while (query.step()) {
    StreamRow& stream = streams.emplace_back();
    stream.number = query.integer(0);
    stream.row.link = query.text(1);
    stream.row.platform = query.text(2);
    stream.row.context = query.text(3);
    stream.row.tier = probes::tier_from(query.text(4)).value_or(probes::Tier::target);
    const std::string method = query.text(6);
    stream.row.source = query.text(5) + "|" + method + "|" + query.text(7);
    stream.row.attestation = method == "attestation";
  }
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
    return Reader(connection, horizon).read(streams_from(query.with(horizon.simulated)));
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
    return Reader(connection, horizon).read(streams_from(query.with(horizon.simulated, link, context)));
  });
}

}  // namespace linkaudit::log
