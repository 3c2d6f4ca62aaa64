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

// What was signed; with columns of time-stamps that went again.
const std::string& to_2() {
  static const std::string sql = std::string(checkpoint_tables()) + R"sql(
CREATE TABLE timestamp(
  number INTEGER PRIMARY KEY,
  checkpoint INTEGER NOT NULL,
  at INTEGER NOT NULL,
  authority TEXT NOT NULL,
  request BLOB NOT NULL,
  reply BLOB NOT NULL
) STRICT;
)sql";
  return sql;
}

// What was said of entries later, and waivers.
constexpr const char* kTo3 = R"sql(
CREATE TABLE annotation(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  about INTEGER NOT NULL,
  replacement INTEGER,
  "by" TEXT NOT NULL,
  note TEXT NOT NULL,
  simulated INTEGER NOT NULL
) STRICT;
CREATE INDEX annotation_by_about ON annotation(about);
CREATE INDEX annotation_by_replacement ON annotation(replacement) WHERE replacement IS NOT NULL;
CREATE TABLE waiver(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  waiver TEXT NOT NULL,
  change TEXT NOT NULL,
  simulated INTEGER NOT NULL
) STRICT;
DROP VIEW v_observations;
CREATE VIEW v_observations AS
SELECT o.entry, strftime('%Y-%m-%dT%H:%M:%fZ', o.at / 1000.0, 'unixepoch') AS at,
       strftime('%Y-%m-%dT%H:%M:%fZ', e.recorded_at / 1000.0, 'unixepoch') AS recorded_at, e.type,
       nullif(c.link, '') AS link, nullif(c.url, '') AS unlisted_url, nullif(c.platform, '') AS platform, c.context,
       s.method, s.tier, s.vantage, nullif(s.observer, '') AS observer, s.observer || '|' || s.method || '|' || s.vantage AS source,
       c.simulated, t.outcome,
       CASE WHEN t.outcome = 'direct' THEN 1 WHEN t.outcome IN ('challenge', 'unreachable', 'unclassified') THEN NULL ELSE 0 END
         AS opens_directly,
       t.steps, nullif(t.rule, '') AS rule, t.blame, t.context_specific, t.presentation, t.failure, o.valid_days,
       (SELECT a.entry FROM annotation AS a WHERE a.about = o.entry AND a.kind <> 'note') AS withdrawn_by
FROM observation AS o JOIN entry AS e ON e.seq = o.entry JOIN stream AS s ON s.id = o.stream
  JOIN cell AS c ON c.id = s.cell JOIN state AS t ON t.id = o.state;

CREATE VIEW v_annotations AS
SELECT a.entry, strftime('%Y-%m-%dT%H:%M:%fZ', a.at / 1000.0, 'unixepoch') AS at, a.kind, a.about, a.replacement, a."by",
       a.note, a.simulated
FROM annotation AS a;

CREATE VIEW v_waivers AS
SELECT entry, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at, waiver, change, simulated
FROM waiver;
)sql";

// What officers remarked, reports that were issued, and looks counted by quarters of an hour.
constexpr const char* kTo4 = R"sql(
CREATE TABLE remark(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  obligation TEXT NOT NULL,
  platform TEXT NOT NULL,
  context TEXT NOT NULL,
  simulated INTEGER NOT NULL
) STRICT;
CREATE TABLE report(
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  template TEXT NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  simulated INTEGER NOT NULL
) STRICT;
CREATE TABLE look(
  quarter INTEGER NOT NULL,
  simulated INTEGER NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (quarter, simulated, type, reason)
) STRICT, WITHOUT ROWID;
INSERT INTO look
SELECT o.at / 900000, c.simulated, CASE WHEN o.nth = 0 THEN 'withdrawn' WHEN s.method = 'attestation' THEN 'attestation'
       ELSE 'observation' END, '', count(*)
FROM observation AS o JOIN stream AS s ON s.id = o.stream JOIN cell AS c ON c.id = s.cell
WHERE NOT (o.nth = 0 AND EXISTS (SELECT 1 FROM annotation AS a WHERE a.about = o.entry AND a.kind = 'reclassification'))
GROUP BY 1, 2, 3
UNION ALL SELECT g.at / 900000, c.simulated, 'gap', g.reason, count(*)
FROM gap AS g JOIN cell AS c ON c.id = g.cell GROUP BY 1, 2, 4;

CREATE VIEW v_remarks AS
SELECT entry, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at, obligation, platform, context, simulated
FROM remark;

CREATE VIEW v_reports AS
SELECT entry, strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch') AS at,
       strftime('%Y-%m-%dT%H:%M:%fZ', as_of / 1000.0, 'unixepoch') AS as_of, template, file, sha256, simulated
FROM report;
)sql";

// What is there to stay was kept; what went before, by whatever hand, is not known.
constexpr const char* kTo5 = R"sql(
CREATE TABLE kept(
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  kind TEXT NOT NULL,
  pruned INTEGER NOT NULL CHECK (pruned = 0 OR pruned = 1 AND kind IN ('manifest', 'heads', 'body'))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER kept_no_delete BEFORE DELETE ON kept BEGIN SELECT raise(ABORT, 'what was kept is never forgotten'); END;
CREATE TRIGGER kept_once BEFORE INSERT ON kept WHEN EXISTS (SELECT 1 FROM kept WHERE digest = NEW.digest)
  BEGIN SELECT raise(ABORT, 'what was kept is never replaced'); END;
INSERT INTO kept SELECT digest, kind, 0 FROM blob WHERE lasting = 1;
)sql";

// Records may say that their evidence was kept; what a probe received may become a screenshot.
constexpr const char* kTo6 = R"sql(
DROP TRIGGER IF EXISTS kept_no_update;
CREATE TRIGGER kept_no_update BEFORE UPDATE ON kept WHEN NEW.digest IS NOT OLD.digest
  OR NEW.kind IS NOT OLD.kind AND (OLD.kind IN ('screenshot', 'catalog') OR NEW.kind NOT IN ('screenshot', 'catalog'))
  BEGIN SELECT raise(ABORT, 'what was kept is only marked as pruned, or as what stays'); END;
)sql";

// Blobs have numbers, so that one can be packed after another, and say themselves whether they were to stay.
const std::string& to_7() {
  static const std::string sql = std::string("DROP VIEW v_evidence; ALTER TABLE blob RENAME TO blob_before;") +
                                 blob_tables() + R"sql(
INSERT INTO blob(digest, kind, size, recorded_at, lasting, data)
SELECT b.digest, b.kind, b.size, b.recorded_at,
       CASE WHEN b.lasting = 1 OR k.pruned = 0 THEN 1 WHEN k.pruned = 1 THEN 2 ELSE 0 END, b.data
FROM blob_before AS b LEFT JOIN kept AS k USING (digest) ORDER BY b.rowid;
INSERT INTO blob(digest, kind, size, recorded_at, lasting, data)
SELECT k.digest, k.kind, 0, 0, 1 + k.pruned, NULL FROM kept AS k
WHERE NOT EXISTS (SELECT 1 FROM blob_before AS b WHERE b.digest = k.digest);
DROP TABLE blob_before;
DROP TABLE kept;
)sql" + evidence_view();
  return sql;
}

// Of a time-stamp only what its authority signed: when it was asked for, and by which name, nobody vouched for. Records
// may say that their evidence was stored until the next look.
const std::string& to_8() {
  static const std::string sql =
      std::string(
          "DROP TRIGGER IF EXISTS timestamp_no_update; DROP TRIGGER IF EXISTS timestamp_no_delete; "
          "DROP TRIGGER IF EXISTS timestamp_in_order; ALTER TABLE timestamp RENAME TO stamped;") +
      timestamp_tables() +
      "INSERT INTO timestamp SELECT number, checkpoint, request, reply FROM stamped ORDER "
      "BY number; DROP TABLE stamped;";
  return sql;
}

}  // namespace

std::span<const Migration> migrations() {
  static const Migration all[] = {{2, to_2().c_str()}, {3, kTo3},           {4, kTo4},          {5, kTo5},
                                  {6, kTo6},           {7, to_7().c_str()}, {8, to_8().c_str()}};
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
