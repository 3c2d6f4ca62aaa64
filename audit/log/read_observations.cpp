// Observations by filter, in order of (at, entry), one at a time.
#include <limits>

#include <algorithm>
#include <variant>

#include "audit/log/annotations.h"
#include "audit/log/log_state.h"
#include "audit/log/read.h"

namespace linkaudit::log {
namespace {

// SQL with its values, all of them texts or numbers.
class Selection {
 public:
  Selection(const Horizon& horizon, const ObservationFilter& filter) {
    compare("o.at <= ?", milliseconds_of(filter.until ? std::min(*filter.until, horizon.as_of) : horizon.as_of));
    if (filter.since) compare("o.at >= ?", milliseconds_of(*filter.since));
    if (horizon.known_entry) compare("o.entry <= ?", *horizon.known_entry);
    compare("c.simulated = ?", horizon.simulated ? 1 : 0);
    equal("c.link", filter.link);
    equal("c.platform", filter.platform);
    equal("c.context", filter.context);
    equal("s.method", filter.method);
    equal("s.tier", filter.tier);
    equal("t.outcome", filter.outcome);
    equal("t.blame", filter.blame);
    among("o.entry", filter.entries);
  }

  // The entries chosen. Joined in this order, so that they come by the index on `at` without sorting; but the few
  // streams of one link, or of persons, are looked up by themselves.
  std::string sql(const ObservationFilter& filter) const {
    const std::string chosen = "SELECT o.entry AS entry, o.at AS at FROM " + std::string(tables(filter)) +
                               "CROSS JOIN state AS t ON t.id = o.state WHERE " + conditions_ + " ";
    const std::string bounded =
        filter.limit ? "SELECT * FROM (" + chosen + "ORDER BY o.at DESC, o.entry DESC LIMIT ?) ORDER BY at, entry"
                     : chosen + "ORDER BY o.at, o.entry";
    return "SELECT e.seq, e.recorded_at, e.record FROM (" + bounded +
           ") AS f CROSS JOIN entry AS e ON e.seq = f.entry " + "ORDER BY f.at, f.entry";
  }

  void bind_to(SQLite::Statement& statement, const ObservationFilter& filter) const {
    int index = 0;
    for (const auto& value : values_) {
      std::visit([&](const auto& bound) { statement.bind(++index, bound); }, value);
    }
    if (filter.limit) statement.bind(++index, std::max<std::int64_t>(*filter.limit, 0));
  }

 private:
  static const char* tables(const ObservationFilter& filter) {
    if (!filter.link.empty()) {
      return "cell AS c CROSS JOIN stream AS s ON s.cell = c.id CROSS JOIN observation AS o ON o.stream = s.id ";
    }
    if (filter.method == "attestation") {
      return "stream AS s CROSS JOIN cell AS c ON c.id = s.cell CROSS JOIN observation AS o ON o.stream = s.id ";
    }
    return "observation AS o CROSS JOIN stream AS s ON s.id = o.stream CROSS JOIN cell AS c ON c.id = s.cell ";
  }

  void compare(const char* condition, std::int64_t value) {
    if (!conditions_.empty()) conditions_ += " AND ";
    conditions_ += condition;
    values_.emplace_back(value);
  }
  void equal(const char* column, const std::string& text) {
    if (text.empty()) return;
    conditions_ += std::string(" AND ") + column + " = ?";
    values_.emplace_back(text);
  }

  void among(const char* column, const std::vector<std::int64_t>& numbers) {
    if (numbers.empty()) return;
    std::string list;
    for (const std::int64_t number : numbers) list += (list.empty() ? "[" : ",") + std::to_string(number);
    conditions_ += std::string(" AND ") + column + " IN (SELECT value FROM json_each(?))";
    values_.emplace_back(list + ']');
  }

  std::string conditions_;
  std::vector<std::variant<std::int64_t, std::string>> values_;
};

}  // namespace

void for_each_observation(const Log& log, const Horizon& horizon, const ObservationFilter& filter,
                          const std::function<bool(const LoggedObservation&)>& each) {
  guarded(log.path(), [&] {
    Log::State& state = log.state();
    const Selection selection(horizon, filter);
    SQLite::Statement statement = state.connection.statement(selection.sql(filter));
    selection.bind_to(statement, filter);
    for (Query row(statement); row.step();) {
      LoggedObservation logged;
      logged.entry = row.integer(0);
      logged.recorded_at = instant_of(row.integer(1));
      NewObservation content =
          state.decoded(logged.entry, [&] { return state.observation(state.record(row.bytes(2))); });
      logged.observation = std::move(content.observation);
      logged.fire = std::move(content.fire);
      add_what_was_said(state.connection, horizon.known_entry.value_or(std::numeric_limits<std::int64_t>::max()),
                        logged);
      if (!each(logged)) return;
    }
  });
}

}  // namespace linkaudit::log
