#include "audit/log/create.h"

#include <SQLiteCpp/Transaction.h>

#include "audit/log/authorizer.h"
#include "audit/log/file_header.h"
#include "audit/log/migrate.h"
#include "audit/log/packer.h"
#include "audit/log/schema.h"

namespace linkaudit::log {

void create_tables(Connection& connection) {
  // One transaction in rollback mode: the file on disk is either empty or says whose it is. WAL comes after.
  SQLite::Transaction transaction(connection.database());
  connection.database().exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  connection.database().exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  connection.execute(truth_tables());
  connection.execute(checkpoint_tables());
  connection.execute(timestamp_tables());
  connection.execute(blob_tables());
  connection.execute(projection_tables());
  connection.execute(views());
  connection.execute(evidence_view());
  connection.query("INSERT INTO dictionary VALUES (1, ?)").with(std::string_view(new_dictionary())).run();
  transaction.commit();
}

Connection open_for_writing(const std::string& path) {
  Connection connection = Connection::open(path, Access::write);
  guarded(path, [&] {
    SQLite::Database& database = connection.database();
    // What moves the -wal file into the database is the WalKeeper; here that file shrinks again after a long one.
    database.exec("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 16777216;");
    const auto tables = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt64();
    const auto application = database.execAndGet("PRAGMA application_id").getInt64();
    if (tables == 0 && application == 0) create_tables(connection);
    check_ours(database, path);
    if (database.execAndGet("PRAGMA journal_mode = WAL").getString() != "wal") {
      throw LogRefused(path + ": cannot be kept here: the file system does not support write-ahead logging");
    }
    migrate(connection, path, migrations());
    only_append(connection);
  });
  return connection;
}

}  // namespace linkaudit::log
