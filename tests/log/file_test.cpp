// Files that are not ours, cannot be written, cannot be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "audit/log/log_state.h"
#include "tests/log/case_file.h"
#include "tests/log/child.h"
#include "tests/log/raw.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

enum class Opening { write, read };

// "refused: ..." or "error: ..." by the exception's type; "opened" when there is none.
std::string outcome_of(const std::string& path, Opening opening) {
  try {
    const Log log = opening == Opening::write ? Log::open(path) : Log::open_read_only(path);
    return "opened";
  } catch (const LogRefused& refused) {
    return std::string("refused: ") + refused.what();
  } catch (const LogError& error) {
    return std::string("error: ") + error.what();
  }
}

TEST(LogFile, ThatIsMissingIsRefusedForReadingAndMadeForWriting) {
  const CaseFile file;
  EXPECT_EQ(outcome_of(file.path(), Opening::read), "refused: " + file.path() + ": no such database");
  EXPECT_FALSE(std::filesystem::exists(file.path()));
  EXPECT_EQ(outcome_of(file.path(), Opening::write), "opened");
  EXPECT_EQ(outcome_of(file.path(), Opening::read), "opened");
}

TEST(LogFile, ThatIsEmptyIsRefusedForReadingAndFilledForWriting) {
  const CaseFile file;
  write_file(file.path(), "");
  EXPECT_EQ(outcome_of(file.path(), Opening::read),
            "refused: " + file.path() + ": is not a linkaudit database (it is empty)");
  EXPECT_EQ(outcome_of(file.path(), Opening::write), "opened");
  EXPECT_EQ(file.open().verify(), std::nullopt);
}

TEST(LogFile, ThatIsNotOursIsRefusedAndLeftAsItIs) {
  const CaseFile file;
  const std::string other = file.directory() + "/other.db";
  execute(other, "CREATE TABLE accounts(id INTEGER); INSERT INTO accounts VALUES (1)");
  const std::string contents[] = {"just a text\n",   std::string(100'000, '\0'),
                                  read_file(other),  read_file(other).substr(0, 300),
                                  "SQLite format 3", std::string(1, 'x')};
  for (const std::string& content : contents) {
    write_file(file.path(), content);
    for (const Opening opening : {Opening::write, Opening::read}) {
      EXPECT_EQ(outcome_of(file.path(), opening), "refused: " + file.path() + ": is not a linkaudit database");
    }
    EXPECT_EQ(read_file(file.path()), content);
    EXPECT_FALSE(std::filesystem::exists(file.beside("-wal")));
    EXPECT_FALSE(std::filesystem::exists(file.beside(".lock")));
  }
}

TEST(LogFile, OfANewerSchemaIsRefused) {
  const CaseFile file;
  file.open();
  execute(file.path(), "PRAGMA user_version = 9");
  for (const Opening opening : {Opening::write, Opening::read}) {
    EXPECT_EQ(outcome_of(file.path(), opening),
              "refused: " + file.path() + ": was written by a newer linkaudit (schema 9; this one knows up to 8)");
  }
}

TEST(LogFile, OfANewerSchemaThatIsStillInTheWalIsRefused) {
  const CaseFile file;
  file.open();
  SQLite::Database newer(file.path(), SQLite::OPEN_READWRITE);
  newer.exec("PRAGMA user_version = 9");
  ASSERT_GT(std::filesystem::file_size(file.beside("-wal")), 0U);
  for (const Opening opening : {Opening::write, Opening::read}) {
    EXPECT_EQ(outcome_of(file.path(), opening),
              "refused: " + file.path() + ": was written by a newer linkaudit (schema 9; this one knows up to 8)");
  }
}

TEST(LogFile, WithoutASchemaVersionIsRefused) {
  const CaseFile file;
  file.open();
  execute(file.path(), "PRAGMA user_version = 0");
  EXPECT_EQ(outcome_of(file.path(), Opening::write),
            "refused: " + file.path() + ": is damaged: it has no schema version");
}

TEST(LogFile, WhoseCheckpointWasKilledIsRepairedFromItsWal) {
  const CaseFile file;
  Log log = file.open();
  for (int i = 0; i < 60; ++i) append(log, entry(full_observation()));
  const std::string before = read_file(file.path()), wal = read_file(file.beside("-wal"));
  log.state().connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string after = read_file(file.path());
  ASSERT_GT(after.size(), before.size());
  const CaseFile killed;
  write_file(killed.path(), after.substr(0, 4096) + before.substr(4096));  // the first page came, the others did not
  write_file(killed.beside("-wal"), wal);
  EXPECT_EQ(Log::open_read_only(killed.path()).size(), 60);
  EXPECT_EQ(killed.open().verify(), std::nullopt);
}

// As a copy is put back into write-ahead mode by whoever writes: by a rollback journal, which must not be in the way.
TEST(LogFile, KilledOnItsWayIntoWriteAheadModeIsMadeGoodByWhoeverReads) {
  const CaseFile file;
  {
    Log log = file.open();
    append(log, entry(full_observation()));
  }
  execute(file.path(), "PRAGMA journal_mode = DELETE");
  Child killed([&](int) {
    SQLite::Database database(file.path(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE; CREATE TABLE big(x);");
    database.exec(
        "INSERT INTO big WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
        "SELECT zeroblob(4000) FROM n");
    ::_exit(0);  // with the journal on disk, and pages of it in the file
  });
  ASSERT_TRUE(killed.succeeded());
  ASSERT_TRUE(std::filesystem::exists(file.beside("-journal")));
  EXPECT_EQ(Log::open_read_only(file.path()).size(), 1);
  EXPECT_EQ(file.open().verify(), std::nullopt);
}

TEST(LogFile, ThatWasCutShortIsAnError) {
  const CaseFile file;
  {
    Log log = file.open();
    append(log, entry(full_observation()));
  }
  write_file(file.path(), read_file(file.path()).substr(0, 10'000));
  for (const Opening opening : {Opening::write, Opening::read}) {
    EXPECT_THAT(outcome_of(file.path(), opening), testing::StartsWith("error: " + file.path() + ": is damaged"));
  }
}

TEST(LogFile, ThatIsADirectoryIsRefused) {
  const CaseFile file;
  EXPECT_EQ(outcome_of(file.directory(), Opening::write), "refused: " + file.directory() + ": is not a file");
  EXPECT_EQ(outcome_of(file.directory(), Opening::read), "refused: " + file.directory() + ": is not a file");
}

TEST(LogFile, InADirectoryThatDoesNotExistIsRefused) {
  const CaseFile file;
  const std::string path = file.directory() + "/none/case.db";
  EXPECT_EQ(outcome_of(path, Opening::read), "refused: " + path + ": no such database");
  EXPECT_EQ(outcome_of(path, Opening::write),
            "refused: " + path + ": cannot be written here: " + path + ".lock: No such file or directory");
}

TEST(LogFile, BelowAFileIsRefused) {
  const CaseFile file;
  write_file(file.path(), "x");
  EXPECT_EQ(outcome_of(file.path() + "/case.db", Opening::read),
            "refused: " + file.path() + "/case.db: cannot be opened: Not a directory");
}

TEST(LogFile, WithAnyNameCanBeRead) {
  const CaseFile file;
  for (const char* name : {"a b.db", "100%25.db", "what?.db", "#1.db", "\xE8\xAF\x81.db"}) {
    const std::string path = file.directory() + "/" + name;
    EXPECT_EQ(outcome_of(path, Opening::write), "opened");
    EXPECT_EQ(outcome_of(path, Opening::write), "opened");
    EXPECT_EQ(outcome_of(path, Opening::read), "opened");
  }
}

TEST(LogFile, ByAnyLinkIsOneFileWithOneLock) {
  const CaseFile file;
  const std::string link = file.directory() + "/link.db", elsewhere = file.directory() + "/dangling.db";
  std::filesystem::create_symlink("case.db", link);
  Log log = Log::open(link);
  EXPECT_EQ(log.path(), file.path());
  EXPECT_FALSE(std::filesystem::exists(link + ".lock"));
  log.state().patience = std::chrono::milliseconds(1);
  WriterLock other(file.path());
  ASSERT_TRUE(other.acquire(std::chrono::milliseconds(0)));
  EXPECT_THROW(append(log, full_gap()), LogError);
  std::filesystem::create_symlink("nowhere.db", elsewhere);
  EXPECT_EQ(outcome_of(elsewhere, Opening::read), "refused: " + file.directory() + "/nowhere.db: no such database");
}

TEST(LogFile, WhoseCreationWasKilledIsMadeAnew) {
  const CaseFile file;
  Child killed([&](int pipe) {
    SQLite::Database database(file.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA cache_size = 1; BEGIN; CREATE TABLE entry(seq); INSERT INTO entry VALUES (zeroblob(200000))");
    write_to(pipe, "x");
    ::_exit(0);  // with a hot journal, and half of the transaction in the file
  });
  EXPECT_EQ(killed.rest(), "x");
  ASSERT_GT(std::filesystem::file_size(file.path()), 0U);
  EXPECT_EQ(outcome_of(file.path(), Opening::read),
            "refused: " + file.path() + ": is not a linkaudit database (it is empty)");
  EXPECT_EQ(outcome_of(file.path(), Opening::write), "opened");
  EXPECT_EQ(file.open().verify(), std::nullopt);
}

// A directory in which somebody else finds `case.db` with two entries, of which one is only in the -wal file.
class ReadOnlyCopy : public testing::Test {
 protected:
  ReadOnlyCopy() {
    const CaseFile original;
    {
      Log log = original.open();
      append(log, entry(1, probes::Outcome::direct));
    }
    std::filesystem::copy_file(original.path(), file_.path());
    Log log = original.open();
    append(log, entry(2, probes::Outcome::direct));
    std::filesystem::copy_file(original.beside("-wal"), file_.beside("-wal"));
  }

  void make_read_only() const {
    for (const auto& each : std::filesystem::directory_iterator(file_.directory())) ::chmod(each.path().c_str(), 0444);
    ::chmod(file_.directory().c_str(), 0555);
  }

  // Number of entries and the notice, or the error.
  std::string read() const {
    return as_somebody_else([&]() -> std::string {
      try {
        const Log log = Log::open_read_only(file_.path());
        std::string state =
            std::to_string(log.size()) + " entries, " + std::to_string(spans(log, {}).size()) + " spans";
        if (const auto problem = log.verify()) state += ", " + *problem;
        return state + (log.notice().empty() ? "" : ", notice " + log.notice());
      } catch (const LogRefused& refused) {
        return std::string("refused: ") + refused.what();
      }
    });
  }

  CaseFile file_;
};

TEST_F(ReadOnlyCopy, WithoutItsWalIsReadAsItIsWithANotice) {
  std::filesystem::remove(file_.beside("-wal"));
  make_read_only();
  EXPECT_EQ(read(),
            "1 entries, 1 spans, notice " + file_.path() +
                ": read as a copy that nobody changes; it has no -wal file beside it, so entries that were still "
                "in one are not seen");
}

TEST_F(ReadOnlyCopy, WithItsWalInADirectoryOfOnesOwnIsReadWhole) {
  ::chmod(file_.directory().c_str(), 0777);
  EXPECT_EQ(read(), "2 entries, 1 spans");
}

TEST_F(ReadOnlyCopy, WithAWalThatCannotBeUsedSaysWhatToDo) {
  make_read_only();
  EXPECT_EQ(read(), "refused: " + file_.path() + ": has a -wal file that cannot be read in a directory without write " +
                        "permission; copy both into a directory of your own");
}

TEST_F(ReadOnlyCopy, ThatMayNotBeReadIsRefused) {
  ::chmod(file_.path().c_str(), 0);
  ::chmod(file_.directory().c_str(), 0755);
  EXPECT_EQ(read(), "refused: " + file_.path() + ": cannot be read: Permission denied");
}

TEST_F(ReadOnlyCopy, WhoseLockBelongsToAnotherCanBeWrittenAllTheSame) {
  write_file(file_.beside(".lock"), "");
  ::chmod(file_.beside(".lock").c_str(), 0444);
  ::chmod(file_.path().c_str(), 0666);
  ::chmod(file_.beside("-wal").c_str(), 0666);
  ::chmod(file_.directory().c_str(), 0777);
  EXPECT_EQ(as_somebody_else([&] { return outcome_of(file_.path(), Opening::write); }), "opened");
}

TEST_F(ReadOnlyCopy, IsRefusedForWriting) {
  ::chmod(file_.directory().c_str(), 0777);
  ::chmod(file_.path().c_str(), 0444);
  EXPECT_EQ(as_somebody_else([&] { return outcome_of(file_.path(), Opening::write); }),
            "refused: " + file_.path() + ": is read-only");
  std::filesystem::remove(file_.beside(".lock"));
  make_read_only();
  EXPECT_EQ(as_somebody_else([&] { return outcome_of(file_.path(), Opening::write); }),
            "refused: " + file_.path() + ": cannot be written here: " + file_.path() + ".lock: Permission denied");
}

}  // namespace
}  // namespace linkaudit::log
