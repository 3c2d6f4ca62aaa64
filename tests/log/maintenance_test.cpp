#include "audit/log/maintenance.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "audit/log/authorizer.h"
#include "audit/log/connection.h"
#include "audit/log/log_state.h"
#include "tests/log/case_file.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

using testing::HasSubstr;

class Maintenance : public testing::Test {
 protected:
  Maintenance() {
    std::vector<NewEntry> entries;
    for (int i = 0; i < 40; ++i) {
      entries.push_back(entry(i, i % 7 == 0 ? probes::Outcome::blocked : probes::Outcome::direct));
    }
    entries.emplace_back(NewObservation{full_observation(), {}});
    entries.emplace_back(NewObservation{full_attestation(), {}});
    entries.emplace_back(full_gap());
    entries.emplace_back(full_run());
    entries.emplace_back(full_catalog());
    append(log_, entries,
           {{std::string("3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7"), "data", "screenshot"}});
  }

  std::vector<std::string> projections() const {
    std::vector<std::string> rows;
    for (const char* table : {"cell", "stream", "state", "observation", "span", "gap", "run", "catalog", "fire"}) {
      for (std::string& row : rows_of(file_.path(), std::string("SELECT * FROM ") + table)) {
        rows.push_back(table + (' ' + std::move(row)));
      }
    }
    return rows;
  }

  CaseFile file_;
  Log log_ = file_.open();
};

TEST_F(Maintenance, RebuildMakesTheSameProjections) {
  const std::vector<std::string> before = projections();
  EXPECT_EQ(rebuild(log_), log_.size());
  EXPECT_EQ(projections(), before);
  EXPECT_EQ(log_.verify(), std::nullopt);
}

TEST_F(Maintenance, RebuildMendsProjectionsThatWereTamperedWith) {
  tamper(file_.path(), "DELETE FROM span; UPDATE observation SET at = 0");
  ASSERT_NE(log_.verify(), std::nullopt);
  rebuild(log_);
  EXPECT_EQ(log_.verify(), std::nullopt);
  append(log_, entry(100, probes::Outcome::blocked));
  EXPECT_EQ(log_.verify(), std::nullopt);
}

TEST_F(Maintenance, RebuildOfADamagedLogChangesNothing) {
  tamper(file_.path(), "UPDATE entry SET record = X'7B7D' WHERE seq = 7");
  const std::vector<std::string> before = projections();
  try {
    rebuild(log_);
    FAIL() << "was rebuilt";
  } catch (const LogError& error) {
    EXPECT_THAT(error.what(), HasSubstr("entry 7"));
  }
  EXPECT_EQ(projections(), before);
}

TEST_F(Maintenance, BackupVerifiesAndIsOneFile) {
  const std::string copy = file_.beside(".copy");
  const Log reader = Log::open_read_only(file_.path());
  back_up(reader, copy);
  append(log_, entry(100, probes::Outcome::blocked));
  const Log made = Log::open_read_only(copy);
  EXPECT_EQ(made.root(), log_.root_at(made.size()));
  EXPECT_EQ(made.size(), log_.size() - 1);
  EXPECT_EQ(made.verify(), std::nullopt);
  EXPECT_FALSE(std::filesystem::exists(copy + "-wal"));
  EXPECT_THROW(back_up(reader, copy), LogRefused);
}

TEST_F(Maintenance, BackupRemovesWhatAKilledOneLeftAndNothingElse) {
  const std::string copy = file_.beside(".copy"), left = copy + ".part-999999", used = copy + ".part-999998";
  const std::vector<std::string> others = {copy + ".part-1x", copy + ".part-", copy + ".parts"};
  for (const std::string& name : others) std::ofstream(name) << "mine";
  for (const char* ending : {"", "-journal"}) {
    std::ofstream(left + ending) << "half";
    std::ofstream(used + ending) << "half";
  }
  std::ofstream(copy + ".part-999997-journal") << "half";
  const int file = ::open(used.c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(::flock(file, LOCK_EX), 0);
  back_up(log_, copy);
  EXPECT_EQ(Log::open_read_only(copy).verify(), std::nullopt);
  for (const std::string& name : {left, left + "-journal", copy + ".part-999997-journal"}) {
    EXPECT_FALSE(std::filesystem::exists(name)) << name;
  }
  for (const std::string& name : {used, used + "-journal"}) EXPECT_TRUE(std::filesystem::exists(name)) << name;
  for (const std::string& name : others) EXPECT_TRUE(std::filesystem::exists(name)) << name;
  ::close(file);
}

TEST_F(Maintenance, BackupThatCannotBeWrittenLeavesNothing) {
  const std::string copy = file_.directory() + "/absent/copy.db";
  EXPECT_THROW(back_up(log_, copy), LogError);
  EXPECT_FALSE(std::filesystem::exists(file_.directory() + "/absent"));
}

TEST_F(Maintenance, ABackupCanBeGoneOnWith) {
  const std::string copy = file_.beside(".copy");
  back_up(log_, copy);
  Log made = Log::open(copy);
  append(made, entry(100, probes::Outcome::blocked));
  EXPECT_EQ(made.verify(), std::nullopt);
}

TEST_F(Maintenance, StatisticsAddUp) {
  const Statistics found = statistics(log_);
  std::int64_t entries = 0, bytes = 0;
  for (const auto& [type, count] : found.entries) entries += count;
  for (const TableBytes& table : found.tables) bytes += table.bytes;
  EXPECT_EQ(entries, log_.size());
  EXPECT_EQ(bytes + found.free_bytes, found.file_bytes);
  EXPECT_EQ(found.blobs.size(), 1U);
  EXPECT_EQ(found.blobs.front().kind, "screenshot");
}

TEST_F(Maintenance, CheckNamesAChangedSchema) {
  EXPECT_EQ(check_file(log_), std::nullopt);
  execute(file_.path(), "DROP TRIGGER entry_no_delete");
  EXPECT_THAT(check_file(log_).value_or(""), HasSubstr("trigger entry_no_delete is missing"));
}

// What a statement of our own that should not be there would meet, even where the file's triggers were dropped.
TEST_F(Maintenance, OurOwnHandlesCannotChangeTheTruth) {
  const char* const forbidden[] = {"UPDATE entry SET at = 0",
                                   "DELETE FROM entry",
                                   "DELETE FROM fact",
                                   "UPDATE node SET hash = hash",
                                   "DELETE FROM checkpoint",
                                   "UPDATE dictionary SET id = 2",
                                   "DROP TRIGGER entry_no_update",
                                   "DROP TABLE span",
                                   "ALTER TABLE entry RENAME TO old",
                                   "CREATE TABLE more(x)",
                                   "CREATE TEMP TRIGGER t BEFORE INSERT ON span BEGIN SELECT 1; END",
                                   "ATTACH ':memory:' AS other",
                                   "UPDATE sqlite_schema SET sql = ''",
                                   "VACUUM"};
  Connection& writing = log_.state().connection;
  const Log reader = Log::open_read_only(file_.path());
  for (const char* sql : forbidden) {
    EXPECT_THROW(writing.database().exec(sql), SQLite::Exception) << sql;
    EXPECT_THROW(reader.state().connection.database().exec(sql), SQLite::Exception) << sql;
  }
  EXPECT_THROW(reader.state().connection.database().exec("DELETE FROM span"), SQLite::Exception);
  EXPECT_EQ(log_.verify(), std::nullopt);
}

}  // namespace
}  // namespace linkaudit::log
