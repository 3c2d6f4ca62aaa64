// Logs of older schemas: brought up to date, with a copy of what was before.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "audit/log/log_state.h"
#include "audit/log/migrate.h"
#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

TEST(Migration, OfAnOlderSchemaIsBackedUpAndMigratedStepByStep) {
  const CaseFile file;
  Log log = file.open();
  append(log, entry(1, probes::Outcome::direct));
  const Migration steps[] = {{8, "CREATE TABLE never(x)"}, {9, "CREATE TABLE nine(x)"}, {10, "CREATE TABLE ten(x)"}};
  Connection connection = Connection::open(file.path(), Access::write);
  migrate(connection, file.path(), steps);
  EXPECT_EQ(rows_of(file.path(), "PRAGMA user_version"), std::vector<std::string>{"10"});
  EXPECT_EQ(rows_of(file.path(), "SELECT count(*) FROM sqlite_schema WHERE name IN ('nine', 'ten')").at(0), "2");
  EXPECT_EQ(rows_of(file.path(), "SELECT count(*) FROM sqlite_schema WHERE name = 'never'").at(0), "0");
  const Log backup = Log::open_read_only(file.beside(".schema-8"));
  EXPECT_EQ(backup.root(), log.root());
  EXPECT_EQ(backup.verify(), std::nullopt);
}

// Of every schema that a released program has written, as its dump.
TEST(Migration, OfSchema1IsMigratedAndKeepsItsEntries) {
  const CaseFile file;
  {
    SQLite::Database old(file.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    std::ifstream dump(LINKAUDIT_TEST_DATA "/schema_1.sql");
    old.exec(std::string(std::istreambuf_iterator<char>(dump), {}));
  }
  try {
    Log::open_read_only(file.path());
    ADD_FAILURE() << "was read";
  } catch (const LogRefused& refused) {
    EXPECT_EQ(refused.what(), file.path() + ": is of an older schema; any command that writes brings it up to date");
  }
  const Log log = Log::open(file.path());
  EXPECT_EQ(log.size(), 38);
  EXPECT_EQ(to_hex(log.root()), "21675e125b3418adc006bf77172ef7a2a908de7643807caf04928f7004783cc5");
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_EQ(rows_of(file.beside(".schema-1"), "PRAGMA user_version"), std::vector<std::string>{"1"});
}

TEST(Migration, OfSchema4IsMigratedAndKnowsWhatItHadToStay) {
  const CaseFile file;
  {
    Log log = file.open();
    CatalogRecord catalog = full_catalog();
    catalog.text = "version: 1\n";
    Hasher hasher;
    catalog.sha256 = to_hex(hasher(catalog.text));
    append(log, std::vector<NewEntry>{},
           {{to_hex(hasher("page")), "page", "body"}, {catalog.sha256, catalog.text, "catalog"}});
  }
  back_to_schema_6(file.path());
  execute(file.path(), "DROP TABLE kept; PRAGMA user_version = 4");
  const Log log = Log::open(file.path());
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_EQ(rows_of(file.path(), "SELECT kind, lasting FROM blob ORDER BY kind"),
            (std::vector<std::string>{"body|1", "catalog|1"}));
}

TEST(Migration, OfSchema5IsMigratedWithWhatItHadPruned) {
  const CaseFile file;
  Hasher hasher;
  const std::string page = to_hex(hasher("page"));
  {
    Log log = file.open();
    append(log, {entry(1, probes::Outcome::direct)}, {{page, "page", "body"}});
    log.drop_blobs([&] { return std::vector{page}; });
  }
  back_to_schema_6(file.path());
  execute(file.path(),
          "DROP TRIGGER kept_no_update; CREATE TRIGGER kept_no_update BEFORE UPDATE ON kept WHEN NEW.digest IS NOT "
          "OLD.digest OR NEW.kind IS NOT OLD.kind BEGIN SELECT raise(ABORT, 'what was kept is only marked as pruned'); "
          "END; "
          "PRAGMA user_version = 5");
  const Log log = Log::open(file.path());
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_EQ(rows_of(file.path(), "SELECT kind, lasting, data FROM blob"), std::vector<std::string>{"body|2|NULL"});
  EXPECT_EQ(rows_of(file.beside(".schema-5"), "PRAGMA user_version"), std::vector<std::string>{"5"});
}

TEST(Migration, OfSchema6IsMigratedWithAllThatItHeldAndLetGo) {
  const CaseFile file;
  const auto blob = [](const std::string& text, const std::string& kind) {
    return Blob{to_hex(Hasher()(text)), text, kind};
  };
  {
    Log log = file.open();
    const SlotBlobs slots[] = {{"a", {blob("newest", "body")}}, {"b", {blob("pruned, seen again", "body")}}};
    append(log, {entry(1, probes::Outcome::direct)},
           {blob("page", "body"), blob("picture", "screenshot"), blob("pruned", "body"),
            blob("pruned, seen again", "body")});
    log.drop_blobs([&] { return std::vector{blob("pruned", "").sha256, blob("pruned, seen again", "").sha256}; });
    log.append({}, minute(1), {}, slots);
  }
  back_to_schema_6(file.path());
  Log log = Log::open(file.path());
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_EQ(rows_of(file.path(), "SELECT kind, lasting, data IS NULL FROM blob ORDER BY kind, lasting, data IS NULL"),
            (std::vector<std::string>{"body|0|0", "body|1|0", "body|2|0", "body|2|1", "screenshot|1|0"}));
  for (const std::string text : {"newest", "page", "picture", "pruned, seen again"}) {
    EXPECT_EQ(log.blob(blob(text, "").sha256), text);
  }
  const SlotBlobs none[] = {{"a", {}}, {"b", {}}};
  log.append({}, minute(2), {}, none);
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_EQ(log.blob(blob("pruned, seen again", "").sha256), std::nullopt);
  EXPECT_EQ(rows_of(file.beside(".schema-6"), "PRAGMA user_version"), std::vector<std::string>{"6"});
}

TEST(Migration, WhoseMigrationFailsStaysAsItWasBefore) {
  const CaseFile file;
  Log log = file.open();
  const Migration steps[] = {{9, "CREATE TABLE nine(x)"}, {10, "CREATE TABLE ten(x); CREATE TABLE nine(x)"}};
  Connection connection = Connection::open(file.path(), Access::write);
  for (int attempt = 0; attempt < 2; ++attempt) {
    EXPECT_THROW(migrate(connection, file.path(), steps), SQLite::Exception);
    EXPECT_EQ(rows_of(file.path(), "PRAGMA user_version"), std::vector<std::string>{"9"});
    EXPECT_EQ(rows_of(file.path(), "SELECT count(*) FROM sqlite_schema WHERE name = 'ten'").at(0), "0");
  }
}

}  // namespace
}  // namespace linkaudit::log
