// The projections made again from the entries, and compared row by row.
#include "audit/log/verify.h"

namespace linkaudit::log {
namespace {

struct ProjectionTable {
  const char* name;
  const char* columns;  // those that identify a row first
  const char* order;
};

constexpr ProjectionTable kTables[] = {
    {"cell", "id, link, url, platform, context, simulated", "id"},
    {"stream", "id, cell, tier, observer, method, vantage", "id"},
    {"state", "id, outcome, blame, rule, context_specific, steps, presentation, failure, network_failure", "id"},
    {"observation", "entry, at, stream, state, nth, valid_days", "entry"},
    {"span", "stream, first, first_entry, last, last_entry, state, count, valid_days", "stream, first, first_entry"},
    {"gap", "entry, at, cell, schedule, reason, method, vantage", "entry"},
    {"run", "entry, at, ended, \"trigger\", schedule, vantage, simulated, planned, observed, gaps, catalog_version",
     "entry"},
    {"catalog", "entry, at, sha256", "entry"},
    {"fire", "schedule, cell, planned", "schedule, cell"},
    {"attestation", "hex(identity), entry", "identity"},
    {"annotation", "entry, at, kind, about, replacement, \"by\", note, simulated", "entry"},
    {"waiver", "entry, at, waiver, change, simulated", "entry"},
};

// The entries added again, in their order, to the tables of an empty log.
std::optional<std::string> project_again(Log::State& state, Connection& fresh) {
  fresh.execute("BEGIN");
  Projector projector(fresh);
  Query row = state.connection.query("SELECT seq, recorded_at, type, record FROM entry ORDER BY seq");
  while (row.step()) {
    const std::int64_t seq = row.integer(0);
    try {
      const auto type = entry_type_from(row.text(2));
      if (!type) throw std::invalid_argument("its type is not known");
      const NewEntry content = state.content(*type, state.record(row.bytes(3)));
      Digest identity{};
      if (*type == EntryType::attestation) {
        identity = state.hasher(write_record(content, instant_of(row.integer(1)), state.hasher).identity);
      }
      projector.add(seq, content, identity);
    } catch (const std::invalid_argument& error) {
      return "entry " + std::to_string(seq) + ": " + error.what();
    }
  }
  fresh.execute("COMMIT");
  return std::nullopt;
}

bool same_value(const SQLite::Column& left, const SQLite::Column& right) {
  if (left.getType() != right.getType()) return false;
  return left.isInteger() ? left.getInt64() == right.getInt64() : left.getString() == right.getString();
}

std::string row_name(const ProjectionTable& table, SQLite::Statement& row) {
  return std::string("projection ") + table.name + ", row " + row.getColumn(0).getString();
}

std::optional<std::string> compare(const ProjectionTable& table, Connection& kept, Connection& fresh) {
  const std::string sql = std::string("SELECT ") + table.columns + " FROM " + table.name + " ORDER BY " + table.order;
  SQLite::Statement found = kept.statement(sql), wanted = fresh.statement(sql);
  while (true) {
    const bool more_found = found.executeStep(), more_wanted = wanted.executeStep();
    if (!more_found && !more_wanted) return std::nullopt;
    if (!more_wanted) return row_name(table, found) + ": no entry leads to it";
    if (!more_found) return row_name(table, wanted) + ": is missing";
    for (int i = 0; i < found.getColumnCount(); ++i) {
      if (!same_value(found.getColumn(i), wanted.getColumn(i))) {
        return row_name(table, wanted) + ": " + found.getColumn(i).getName() + " does not follow from the entries";
      }
    }
  }
}

}  // namespace

std::optional<std::string> verify_projections(Log::State& state, Connection& fresh) {
  if (auto problem = project_again(state, fresh)) return problem;
  for (const ProjectionTable& table : kTables) {
    if (auto problem = compare(table, state.connection, fresh)) return problem;
  }
  return std::nullopt;
}

}  // namespace linkaudit::log
