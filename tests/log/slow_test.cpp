// The same as elsewhere, many times.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/log/child.h"
#include "tests/log/history.h"
#include "tests/log/random_histories.h"

namespace linkaudit::log {
namespace {

TEST(SpansInManyOrders, AreAsIfAllHadComeInOrder) {
  for (unsigned seed = 1; seed <= 8; ++seed) expect_spans_as_defined(60, seed);
}

TEST(KillManyTimes, LeavesExactlyTheBatchesThatWereWritten) {
  const CaseFile file;
  for (int round = 0; round < 30; ++round) kill_while_appending(file, round % 13);
}

TEST(KillManyTimes, WhileTheLogIsMadeLeavesNothingInTheWay) {
  for (int round = 0; round < 60; ++round) {
    const CaseFile file;
    Child child([&](int pipe) {
      write_to(pipe, "x");
      for (std::int64_t next = 0;; ++next) {
        Log log = file.open();
        append(log, nth(next));
      }
    });
    char byte = 0;
    ASSERT_TRUE(child.next(byte));
    // Some rounds earlier, some later in its making, without waiting by the clock.
    for (std::atomic<int> spin = 0; spin < round * 50'000;) ++spin;
    child.kill();
    ASSERT_FALSE(child.succeeded());
    const Log log = file.open();
    EXPECT_EQ(log.verify(), std::nullopt);
    EXPECT_EQ(numbers_in(log), first_numbers(static_cast<std::size_t>(log.size())));
  }
}

TEST(ManyProcesses, AppendAtOnceAndNothingIsLost) {
  append_from_several(4, 150);
}

}  // namespace
}  // namespace linkaudit::log
