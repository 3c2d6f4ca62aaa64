#include "tests/log/raw.h"

namespace linkaudit::log {

std::vector<std::string> rows_of(const std::string& path, const std::string& sql) {
  SQLite::Database database(path, SQLite::OPEN_READONLY);
  SQLite::Statement statement(database, sql);
  std::vector<std::string> rows;
  while (statement.executeStep()) {
    std::string& row = rows.emplace_back();
    for (int i = 0; i < statement.getColumnCount(); ++i) {
      const SQLite::Column value = statement.getColumn(i);
      row += (i == 0 ? "" : "|") + (value.isNull() ? std::string("NULL") : value.getString());
    }
  }
  return rows;
}

void execute(const std::string& path, const std::string& sql) {
  SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

std::string refusal_of(const std::string& path, const std::string& sql) {
  try {
    execute(path, sql);
  } catch (const SQLite::Exception& error) {
    return error.what();
  }
  return {};
}

void tamper(const std::string& path, const std::string& sql) {
  const auto names = rows_of(path, "SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name");
  const auto triggers = rows_of(path, "SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name");
  std::string all = "BEGIN;";
  for (const std::string& name : names) all += "DROP TRIGGER " + name + ";";
  all += sql + ";";
  for (const std::string& trigger : triggers) all += trigger + ";";
  execute(path, all + "COMMIT");
}

}  // namespace linkaudit::log
