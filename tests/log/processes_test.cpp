// Kills, several processes at once, checkpoints.
#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>

#include "tests/log/child.h"
#include "tests/log/history.h"

namespace linkaudit::log {
namespace {

TEST(Kill, LeavesExactlyTheBatchesThatWereWritten) {
  const CaseFile file;
  for (const int acknowledged : {1, 3, 10}) kill_while_appending(file, acknowledged);
}

TEST(SeveralProcesses, AppendAtOnceAndNothingIsLost) {
  append_from_several(2, 20);
}

TEST(SeveralProcesses, ReadersSeeWholeBatchesWhileOneWrites) {
  const CaseFile file;
  file.open();
  Child writer([&](int) {
    Log log = file.open();
    for (int i = 0; i < 40; ++i) append(log, batch(i * 9, 9));
  });
  const Log reader = Log::open_read_only(file.path());
  std::size_t size = 0;
  bool writing = true;
  while (writing && !HasFailure()) {
    writing = writer.running();
    const auto seen = numbers_in(reader);
    EXPECT_EQ(seen.size() % 9, 0U);
    EXPECT_GE(seen.size(), size);
    EXPECT_EQ(seen, first_numbers(seen.size()));
    size = seen.size();
  }
  EXPECT_EQ(size, 360U);
  EXPECT_TRUE(writer.succeeded());
}

TEST(Checkpoint, KeepsTheWalFileSmall) {
  const CaseFile file;
  Log log = file.open();
  for (int i = 0; i < 20; ++i) append(log, batch(i * 400, 400));
  EXPECT_LT(std::filesystem::file_size(file.beside("-wal")), std::uintmax_t{20} << 20U);
  EXPECT_GT(std::filesystem::file_size(file.path()), std::uintmax_t{500'000});
}

TEST(Checkpoint, HappensWhenTheWriterClosesAndNeverWhenAReaderDoes) {
  const CaseFile file;
  {
    auto writer = std::make_unique<Log>(file.open());
    append(*writer, nth(0));
    Log::open_read_only(file.path());
    EXPECT_GT(std::filesystem::file_size(file.beside("-wal")), 0U);
  }
  EXPECT_FALSE(std::filesystem::exists(file.beside("-wal")));

  Child killed([&](int) {
    Log log = file.open();
    append(log, nth(1));
    ::_exit(0);  // closes nothing
  });
  EXPECT_TRUE(killed.succeeded());
  EXPECT_EQ(Log::open_read_only(file.path()).size(), 2);
  EXPECT_GT(std::filesystem::file_size(file.beside("-wal")), 0U);
}

}  // namespace
}  // namespace linkaudit::log
