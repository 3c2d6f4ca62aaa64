#include "audit/log/selection.h"

#include <sqlite3.h>

#include <algorithm>

#include "audit/log/authorizer.h"
#include "audit/log/connection.h"

namespace linkaudit::log {
namespace {

using Prepared = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

bool is_fault_of_file(int code) {
  switch (code & 0xff) {
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FULL:
    case SQLITE_BUSY:
    case SQLITE_CANTOPEN: return true;
    default: return false;
  }
}

[[noreturn]] void refuse(sqlite3* handle, const std::string& path) {
  const int code = sqlite3_errcode(handle);
  if (is_fault_of_file(code)) throw_log_error(path, SQLite::Exception(handle));
  std::string what = std::string("sql: ") + sqlite3_errmsg(handle);
  if ((code & 0xff) == SQLITE_AUTH) what += ": nothing but reading is; ask with one SELECT";
  throw SelectRefused(what);
}

// White space, comments and semicolons prepare to nothing.
bool is_statement(sqlite3* handle, const char* sql) {
  while (*sql != '\0') {
    sqlite3_stmt* statement = nullptr;
    const char* rest = sql;
    const int result = sqlite3_prepare_v2(handle, sql, -1, &statement, &rest);
    const Prepared made(statement, sqlite3_finalize);
    if (result != SQLITE_OK || statement != nullptr) return true;
    if (rest == sql) return false;
    sql = rest;
  }
  return false;
}

Prepared prepared(sqlite3* handle, const std::string& sql, const std::string& path) {
  if (sql.find('\0') != std::string::npos) throw SelectRefused("sql: has a byte 0 in it");
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int result = sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, &rest);
  Prepared made(statement, sqlite3_finalize);
  if (result != SQLITE_OK) refuse(handle, path);
  if (!made) throw SelectRefused("sql: is no statement; ask with one SELECT");
  if (sqlite3_stmt_readonly(statement) == 0) throw SelectRefused("sql: changes something; ask with one SELECT");
  if (is_statement(handle, rest)) throw SelectRefused("sql: more than one statement; ask with one SELECT");
  if (sqlite3_bind_parameter_count(statement) > 0) {
    throw SelectRefused("sql: has a parameter, and there is nothing to bind to it; write the value");
  }
  return made;
}

Field field(sqlite3_stmt* statement, int column) {
  const auto bytes = [&](const void* data) {
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: return bytes(sqlite3_column_text(statement, column));
    case SQLITE_BLOB: return BlobField{bytes(sqlite3_column_blob(statement, column))};
    default: return std::monostate{};
  }
}

Connection connection_to(const std::string& path) {
  return guarded(path, [&] {
    Connection connection = Connection::open(path, Access::read);
    connection.execute("PRAGMA query_only = ON");
    only_select(connection);
    return connection;
  });
}

}  // namespace

struct SelectedRows::State {
  State(const Log& log, const std::string& sql)
      : path(log.path()), connection(connection_to(path)), statement(prepared(handle(), sql, path)) {
    for (int column = 0; column < sqlite3_column_count(statement.get()); ++column) {
      const char* name = sqlite3_column_name(statement.get(), column);
      columns.emplace_back(name == nullptr ? "" : name);
    }
  }
  sqlite3* handle() const { return connection.database().getHandle(); }

  std::string path;
  Connection connection;
  Prepared statement;  // goes before its connection
  std::vector<std::string> columns;
};

SelectedRows::SelectedRows(const Log& log, const std::string& sql) : state_(std::make_unique<State>(log, sql)) {}
SelectedRows::SelectedRows(SelectedRows&&) noexcept = default;
SelectedRows& SelectedRows::operator=(SelectedRows&&) noexcept = default;
SelectedRows::~SelectedRows() = default;

const std::vector<std::string>& SelectedRows::columns() const {
  return state_->columns;
}

bool SelectedRows::next(std::vector<Field>& row) {
  sqlite3_stmt* const statement = state_->statement.get();
  switch (sqlite3_step(statement)) {
    case SQLITE_ROW: break;
    case SQLITE_DONE: return false;
    default: refuse(state_->handle(), state_->path);
  }
  row.clear();
  for (int column = 0; column < sqlite3_column_count(statement); ++column) row.push_back(field(statement, column));
  return true;
}

}  // namespace linkaudit::log
