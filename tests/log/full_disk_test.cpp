#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "audit/log/log_state.h"
#include "tests/log/child.h"
#include "tests/log/history.h"

namespace linkaudit::log {
namespace {

TEST(FullDisk, LeavesTheLogAsItWasAndUsable) {
  const CaseFile file;
  Log log = file.open();
  append(log, batch(0, 10));
  const Digest before = log.root();
  SQLite::Database& database = log.state().connection.database();
  const auto pages = database.execAndGet("PRAGMA page_count").getInt64();
  database.exec("PRAGMA max_page_count = " + std::to_string(pages + 3));
  try {
    append(log, batch(10, 500));
    ADD_FAILURE() << "there was room";
  } catch (const LogError& error) {
    EXPECT_EQ(error.what(), file.path() + ": the disk is full; nothing of this was written, what was there is intact");
  }
  EXPECT_EQ(log.size(), 10);
  EXPECT_EQ(log.root(), before);
  EXPECT_EQ(log.verify(), std::nullopt);

  database.exec("PRAGMA max_page_count = 1000000");  // somebody made room
  EXPECT_EQ(append(log, batch(10, 500)).back(), 510);
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_EQ(numbers_in(log), first_numbers(510));
}

void limit_files(rlim_t bytes) {
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

TEST(FullDisk, OfTheOperatingSystemIsNamedAndTheLogGoesOnWhenOpenedAgain) {
  const CaseFile file;
  {
    Log log = file.open();
    append(log, batch(0, 10));
  }
  Child child([&](int pipe) {
    std::signal(SIGXFSZ, SIG_IGN);
    Log log = file.open();
    append(log, batch(10, 1));
    limit_files(std::filesystem::file_size(file.beside("-wal")) + 20'000);
    try {
      append(log, batch(11, 500));
    } catch (const LogError& error) {
      write_to(pipe, std::string(error.what()) + "\n");
    }
    write_to(pipe, std::to_string(log.size()) + " entries\n");
    try {
      append(log, batch(11, 1));
    } catch (const LogError& error) {
      write_to(pipe, std::string(error.what()) + "\n");
    }
    limit_files(RLIM_INFINITY);
    Log again = file.open();
    append(again, batch(11, 500));
    write_to(pipe, std::to_string(log.size()) + " entries\n");
  });
  EXPECT_EQ(child.rest(),
            file.path() +
                ": cannot be written: File too large; nothing of this was written, what was there is intact\n" +
                "11 entries\n" + file.path() + ": an earlier write failed; open it again to go on\n" + "511 entries\n");
  EXPECT_TRUE(child.succeeded());
  const Log log = file.open();
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_EQ(numbers_in(log), first_numbers(511));
}

TEST(FullDisk, WhenTheLogIsMadeIsNamedAndLeavesNothingInTheWay) {
  const CaseFile file;
  Child child([&](int pipe) {
    std::signal(SIGXFSZ, SIG_IGN);
    limit_files(10'000);
    try {
      file.open();
    } catch (const LogError& error) {
      write_to(pipe, error.what());
    }
  });
  EXPECT_THAT(child.rest(), testing::StartsWith(file.path() + ": "));
  EXPECT_TRUE(child.succeeded());
  Log log = file.open();
  EXPECT_EQ(append(log, nth(0)), 1);
  EXPECT_EQ(log.verify(), std::nullopt);
}

}  // namespace
}  // namespace linkaudit::log
