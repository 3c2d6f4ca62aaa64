#include "audit/log/maintenance.h"

#include <filesystem>

#include "audit/log/create.h"
#include "audit/log/log_state.h"
#include "audit/log/projections.h"
#include "audit/log/snapshot.h"
#include "audit/log/transact.h"
#include "audit/log/verify.h"

namespace linkaudit::log {
namespace {

std::int64_t number(Connection& connection, const char* sql) {
  Query query = connection.query(sql);
  return query.step() ? query.integer(0) : 0;
}

std::int64_t bytes_of_file(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

std::vector<TableBytes> bytes_of_tables(Connection& connection) {
  std::vector<TableBytes> tables;
  Query query = connection.query(
      "SELECT coalesce(s.tbl_name, d.name) AS name, sum(d.pgsize) FROM dbstat('main', 1) AS d LEFT JOIN sqlite_schema "
      "AS s "
      "ON s.name = d.name GROUP BY 1 ORDER BY 1");
  while (query.step()) tables.push_back({query.text(0), 0, query.integer(1)});
  for (TableBytes& table : tables) {
    SQLite::Statement count = connection.statement("SELECT count(*) FROM \"" + table.table + '"');
    if (count.executeStep()) table.rows = count.getColumn(0).getInt64();
  }
  return tables;
}

std::optional<std::string> missing_entries(Connection& connection) {
  Query ends = connection.query("SELECT count(*), coalesce(min(seq), 1), coalesce(max(seq), 0) FROM entry");
  ends.step();
  const std::int64_t count = ends.integer(0);
  if (ends.integer(1) != 1) return "entry 1 is missing";
  if (ends.integer(2) != count) {
    const std::int64_t before = number(connection,
                                       "SELECT min(e.seq) FROM entry AS e WHERE NOT EXISTS "
                                       "(SELECT 1 FROM entry AS next WHERE next.seq = e.seq + 1)");
    return "entry " + std::to_string(before + 1) + " is missing";
  }
  const std::int64_t nodes = number(connection, "SELECT count(*) FROM node");
  if (nodes != node_count(count)) {
    return nodes > node_count(count) ? "the tree has nodes that no entry leads to" : "the tree lacks nodes";
  }
  const std::int64_t was_signed = number(connection, "SELECT coalesce(max(size), 0) FROM checkpoint");
  if (was_signed <= count) return std::nullopt;
  return "has " + std::to_string(count) + " entries; a checkpoint was signed over " + std::to_string(was_signed);
}

}  // namespace

std::optional<std::string> check_file(const Log& log) {
  return guarded(log.path(), [&]() -> std::optional<std::string> {
    Connection fresh = Connection::temporary();
    create_tables(fresh);
    const Snapshot snapshot(log.state().connection);
    auto problem = verify_structure(log.state(), fresh);
    if (!problem) problem = missing_entries(log.state().connection);
    if (problem) *problem = log.path() + ": " + *problem;
    return problem;
  });
}

std::int32_t schema_of(const Log& log) {
  return guarded(log.path(),
                 [&] { return static_cast<std::int32_t>(number(log.state().connection, "PRAGMA user_version")); });
}

std::int64_t rebuild(Log& log) {
  Log::State& state = log.state();
  return transact(state, [&] {
    for (const Projection& table : projections()) {
      state.connection.database().exec(std::string("DELETE FROM ") + table.name);
    }
    state.projector.forget();
    if (const auto problem = project_all(state, state.connection)) throw LogError(state.path + ": " + *problem);
    state.projector.forget();  // it did not see what was made
    return state.size();
  });
}

Statistics statistics(const Log& log) {
  return guarded(log.path(), [&] {
    Connection& connection = log.state().connection;
    const Snapshot snapshot(connection);
    Statistics found;
    const std::int64_t page = number(connection, "PRAGMA page_size");
    found.file_bytes = page * number(connection, "PRAGMA page_count");
    found.free_bytes = page * number(connection, "PRAGMA freelist_count");
    found.wal_bytes = bytes_of_file(log.path() + "-wal");
    for (Query row = connection.query("SELECT type, count(*) FROM entry GROUP BY type ORDER BY type"); row.step();) {
      found.entries.emplace_back(row.text(0), row.integer(1));
    }
    found.tables = bytes_of_tables(connection);
    Query row = connection.query(
        "SELECT kind, count(*), sum(size), sum(length(data)) FROM blob WHERE data IS NOT NULL GROUP BY kind ORDER BY "
        "kind");
    while (row.step()) found.blobs.push_back({row.text(0), row.integer(1), row.integer(2), row.integer(3)});
    return found;
  });
}

}  // namespace linkaudit::log
