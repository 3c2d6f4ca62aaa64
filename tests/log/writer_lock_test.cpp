#include "audit/log/writer_lock.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "audit/log/log_state.h"
#include "tests/log/child.h"
#include "tests/log/history.h"

namespace linkaudit::log {
namespace {

using namespace std::chrono_literals;

TEST(WriterLock, GivesUpWithOneClearLineWhenItsPatienceEnds) {
  const CaseFile file;
  WriterLock held(file.path()), wanted(file.path());
  ASSERT_TRUE(held.acquire(0ms));
  EXPECT_FALSE(wanted.acquire(0ms));
  try {
    const Locked locked(wanted, file.path(), 50ms);
    ADD_FAILURE() << "the lock was given twice";
  } catch (const LogError& error) {
    EXPECT_EQ(error.what(), file.path() + ": another program is still writing to it after 0.05 s");
  }
  held.release();
  EXPECT_TRUE(wanted.acquire(0ms));
}

TEST(WriterLock, IsWaitedFor) {
  const CaseFile file;
  WriterLock held(file.path());
  ASSERT_TRUE(held.acquire(0ms));
  std::atomic<bool> waiting = false, given = false;
  std::thread other([&] {
    WriterLock wanted(file.path());
    waiting = !wanted.acquire(0ms);
    given = wanted.acquire(60s);
  });
  while (!waiting) std::this_thread::yield();
  EXPECT_FALSE(given);
  held.release();
  other.join();
  EXPECT_TRUE(given);
}

TEST(WriterLock, OfADeadProcessIsFree) {
  const CaseFile file;
  Child holder([&](int pipe) {
    WriterLock lock(file.path());
    write_to(pipe, lock.acquire(0ms) ? "x" : "-");
    char never = 0;
    while (::read(pipe, &never, 1) <= 0) continue;
  });
  char byte = 0;
  ASSERT_TRUE(holder.next(byte));
  ASSERT_EQ(byte, 'x');
  WriterLock lock(file.path());
  EXPECT_FALSE(lock.acquire(0ms));
  holder.kill();
  EXPECT_TRUE(lock.acquire(60s));
}

TEST(WriterLock, HeldByAnotherMakesAnAppendFailAndNothingElse) {
  const CaseFile file;
  Log log = file.open();
  append(log, nth(0));
  log.state().patience = 10ms;
  {
    WriterLock other(file.path());
    ASSERT_TRUE(other.acquire(0ms));
    EXPECT_THROW(append(log, nth(1)), LogError);
    EXPECT_EQ(Log::open_read_only(file.path()).size(), 1);  // readers need no lock
  }
  EXPECT_EQ(append(log, nth(1)), 2);
}

}  // namespace
}  // namespace linkaudit::log
