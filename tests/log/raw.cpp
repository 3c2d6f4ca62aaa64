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

void back_to_schema_6(const std::string& path) {
  execute(path, R"sql(
BEGIN;
DROP VIEW v_evidence;
CREATE TABLE kept(
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  kind TEXT NOT NULL,
  pruned INTEGER NOT NULL CHECK (pruned = 0 OR pruned = 1 AND kind IN ('manifest', 'heads', 'body'))
) STRICT, WITHOUT ROWID;
INSERT INTO kept SELECT digest, kind, lasting = 2 FROM blob WHERE lasting <> 0;
CREATE TRIGGER kept_no_delete BEFORE DELETE ON kept BEGIN SELECT raise(ABORT, 'what was kept is never forgotten'); END;
CREATE TRIGGER kept_once BEFORE INSERT ON kept WHEN EXISTS (SELECT 1 FROM kept WHERE digest = NEW.digest)
  BEGIN SELECT raise(ABORT, 'what was kept is never replaced'); END;
CREATE TRIGGER kept_no_update BEFORE UPDATE ON kept WHEN NEW.digest IS NOT OLD.digest
  OR NEW.kind IS NOT OLD.kind AND (OLD.kind IN ('screenshot', 'catalog') OR NEW.kind NOT IN ('screenshot', 'catalog'))
  BEGIN SELECT raise(ABORT, 'what was kept is only marked as pruned, or as what stays'); END;
ALTER TABLE blob RENAME TO blob_of_7;
CREATE TABLE blob(
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  kind TEXT NOT NULL,
  size INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  lasting INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
INSERT INTO blob SELECT digest, kind, size, recorded_at, lasting = 1, data FROM blob_of_7 WHERE data IS NOT NULL;
DROP TABLE blob_of_7;
DROP TABLE base;
CREATE VIEW v_evidence AS
SELECT lower(hex(digest)) AS sha256, kind, size AS bytes, length(data) AS stored_bytes,
       strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at / 1000.0, 'unixepoch') AS recorded_at
FROM blob;
PRAGMA user_version = 6;
COMMIT;
)sql");
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
