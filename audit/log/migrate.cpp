#include "audit/log/migrate.h"

#include <SQLiteCpp/Transaction.h>

#include <filesystem>

#include "audit/log/schema.h"

namespace linkaudit::log {
namespace {

// Of the last committed state, the -wal file included. A copy that an earlier attempt left is made anew.
void back_up(Connection& connection, const std::string& copy) {
  std::filesystem::remove(copy);
  SQLite::Statement statement = connection.statement("VACUUM INTO ?");
  statement.bind(1, copy);
  statement.exec();
}

}  // namespace

std::span<const Migration> migrations() {
  static const Migration all[] = {{2, checkpoint_tables()}};
  return all;
}

void migrate(Connection& connection, const std::string& path, std::span<const Migration> all) {
  SQLite::Database& database = connection.database();
  const std::int64_t version = database.execAndGet("PRAGMA user_version").getInt64();
  if (all.empty() || all.back().to <= version) return;
  back_up(connection, path + ".schema-" + std::to_string(version));
  for (const Migration& each : all) {
    if (each.to <= version) continue;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    database.exec(each.sql);
    database.exec("PRAGMA user_version = " + std::to_string(each.to));
    transaction.commit();
  }
}

}  // namespace linkaudit::log
