// Kills, several processes at once, checkpoints.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <random>
#include <thread>

#include "audit/log/hash.h"
#include "audit/log/log_state.h"
#include "audit/log/snapshot.h"
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

// Two who read in turn, so that at every moment somebody does, and of a state that is no longer the newest: then SQLite
// alone never begins the -wal file anew.
class ConstantReaders {
 public:
  explicit ConstantReaders(const std::string& path) {
    for (int which = 0; which < 2; ++which) threads_.emplace_back([this, which, path] { read(which, path); });
  }
  ~ConstantReaders() {
    turn_ = kStopped;
    turn_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  int reads() const { return reads_; }
  void committed() { ++commits_; }

 private:
  void read(int which, const std::string& path) {
    const Log log = Log::open_read_only(path);
    turn_.wait(1 - which);
    for (int mine = which; turn_ != kStopped; mine = which) {
      const Snapshot snapshot(log.state().connection);
      static_cast<void>(log.size());
      ++reads_;
      const int before = commits_;
      const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
      while (commits_ == before && turn_ != kStopped && std::chrono::steady_clock::now() < end) {
        std::this_thread::yield();
      }
      turn_.compare_exchange_strong(mine, 1 - which);
      turn_.notify_all();
      turn_.wait(1 - which);  // until the other has begun
    }
  }

  static constexpr int kStopped = 2;
  std::atomic<int> turn_ = 0, reads_ = 0, commits_ = 0;
  std::vector<std::thread> threads_;
};

TEST(Checkpoint, KeepsTheWalFileBoundedThoughSomebodyReadsAtEveryMoment) {
  const CaseFile file;
  Log log = file.open();
  ConstantReaders readers(file.path());
  std::mt19937_64 random(1);
  Hasher hasher;
  std::uintmax_t longest = 0;
  for (int i = 0; i < 60; ++i) {
    std::string noise;
    while (noise.size() < 1U << 21U) noise += std::to_string(random());
    log.append({}, Instant(), std::vector{Blob{to_hex(hasher(noise)), noise, "body"}});
    readers.committed();
    longest = std::max(longest, std::filesystem::file_size(file.beside("-wal")));
  }
  EXPECT_GT(readers.reads(), 50);
  EXPECT_GT(longest, std::uintmax_t{16} << 20U);
  EXPECT_LT(longest, std::uintmax_t{48} << 20U);
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
