#include "audit/log/authorizer.h"

#include <sqlite3.h>

#include <algorithm>
#include <string_view>

namespace linkaudit::log {
namespace {

constexpr std::string_view kTruth[] = {"entry", "fact", "node", "dictionary", "checkpoint", "timestamp"};

bool is_truth(const char* table) {
  return table != nullptr && std::find(std::begin(kTruth), std::end(kTruth), table) != std::end(kTruth);
}

bool is_about_schema(const char* table) {
  return table != nullptr && std::string_view(table).starts_with("sqlite_");
}

int read_only(void*, int action, const char*, const char*, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_PRAGMA:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: return SQLITE_OK;
    default: return SQLITE_DENY;
  }
}

// Of pragmas those alone that tell what columns there are.
constexpr std::string_view kToldOfTables[] = {"table_info", "table_xinfo", "table_list"};

int select_only(void*, int action, const char* subject, const char* other, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_FUNCTION:
      return other != nullptr && std::string_view(other) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
      return subject != nullptr &&
                     std::find(std::begin(kToldOfTables), std::end(kToldOfTables), subject) != std::end(kToldOfTables)
                 ? SQLITE_OK
                 : SQLITE_DENY;
    default: return SQLITE_DENY;
  }
}

int append_only(void*, int action, const char* subject, const char*, const char*, const char*) {
  switch (action) {
    case SQLITE_INSERT: return is_about_schema(subject) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_UPDATE:
    case SQLITE_DELETE: return is_truth(subject) || is_about_schema(subject) ? SQLITE_DENY : SQLITE_OK;
    default: return read_only(nullptr, action, nullptr, nullptr, nullptr, nullptr);
  }
}

// Table-valued functions are connected once, at first use, by what looks like CREATE TABLE to an authorizer.
void connect_functions(Connection& connection) {
  connection.execute("SELECT 1 FROM json_each('[]'); SELECT 1 FROM dbstat WHERE name = ''");
}

}  // namespace

void only_append(Connection& connection) {
  connect_functions(connection);
  sqlite3_set_authorizer(connection.database().getHandle(), append_only, nullptr);
}

void only_select(Connection& connection) {
  sqlite3_set_authorizer(connection.database().getHandle(), select_only, nullptr);
}

void only_read(Connection& connection) {
  connect_functions(connection);
  sqlite3_set_authorizer(connection.database().getHandle(), read_only, nullptr);
}

}  // namespace linkaudit::log
