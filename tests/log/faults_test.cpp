// Failures of the file system at every call that is made: nothing acknowledged is lost, nothing half written is seen.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include "audit/log/checkpoint_store.h"
#include "audit/log/maintenance.h"
#include "tests/log/child.h"
#include "tests/log/failing_vfs.h"
#include "tests/log/history.h"

namespace linkaudit::log {
namespace {

constexpr Fault kFaults[] = {
    {"DiskFull", Fault::Call::write, SQLITE_FULL},
    {"WriteError", Fault::Call::write, SQLITE_IOERR_WRITE},
    {"SyncError", Fault::Call::sync, SQLITE_IOERR_FSYNC},
    {"ReadError", Fault::Call::read, SQLITE_IOERR_READ},
    {"TruncateError", Fault::Call::truncate, SQLITE_IOERR_TRUNCATE},
    {"OpenError", Fault::Call::open, SQLITE_CANTOPEN},
};

class Faults : public testing::TestWithParam<Fault> {
 protected:
  // Does `work` with the nth call failing, for every n there is and both for once and from then on; after each, healed,
  // `look` at the file.
  template <typename Work, typename Look>
  void at_every_call(const Work& work, const Look& look) {
    for (const bool from_then_on : {false, true}) {
      for (int nth = 1; nth < 2'000; ++nth) {
        vfs_.fail(GetParam(), nth, from_then_on);
        const bool done = work(nth);
        const bool failed = vfs_.failed();
        vfs_.heal();
        look(done);
        ASSERT_FALSE(HasFailure()) << GetParam().name << " at call " << nth << (from_then_on ? " and later" : "");
        if (!failed) break;
        ++met_;
      }
    }
  }

  FailingVfs vfs_;
  int met_ = 0;
};

TEST_P(Faults, AtAnyCallOfAnAppendLeaveWhatWasAcknowledged) {
  const CaseFile file;
  {
    Log log = file.open();
    append(log, batch(0, 10));
  }
  std::filesystem::copy_file(file.path(), file.beside(".begin"));
  const SigningKey key = SigningKey::make("log.example");
  std::int64_t acknowledged = 0;
  const auto work = [&](int) {
    for (const char* name : {"", "-wal", "-shm"}) std::filesystem::remove(file.beside(name));
    std::filesystem::copy_file(file.beside(".begin"), file.path());
    acknowledged = 10;
    try {
      Log log = file.open();
      append(log, batch(10, 20));
      acknowledged = 30;
      keep_checkpoint(log, key, Instant());
      return true;
    } catch (const LogError& error) {
      EXPECT_THAT(error.what(), testing::StartsWith(file.path()));
      EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("\n")));
      return false;
    }
  };
  at_every_call(work, [&](bool) {
    const Log log = file.open();
    ASSERT_EQ(log.verify(), std::nullopt);
    // What was not acknowledged is there whole, or not at all.
    ASSERT_TRUE(log.size() == acknowledged || log.size() == 30) << log.size();
    ASSERT_EQ(numbers_in(log), first_numbers(static_cast<std::size_t>(log.size())));
  });
  EXPECT_GT(met_, 0);
}

TEST_P(Faults, AtAnyCallOfMakingTheLogLeaveNothingInTheWay) {
  const CaseFile file;
  const auto work = [&](int) {
    for (const char* name : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(file.beside(name));
    try {
      file.open();
      return true;
    } catch (const LogError&) {
      return false;
    }
  };
  at_every_call(work, [&](bool) {
    Log log = file.open();
    append(log, nth(0));
    ASSERT_EQ(log.verify(), std::nullopt);
  });
}

TEST_P(Faults, AtAnyCallOfARebuildLeaveTheProjectionsThatWereThere) {
  const CaseFile file;
  {
    Log log = file.open();
    append(log, batch(0, 60));
  }
  const auto work = [&](int) {
    try {
      Log log = file.open();
      rebuild(log);
      return true;
    } catch (const LogError&) {
      return false;
    }
  };
  at_every_call(work, [&](bool) { ASSERT_EQ(file.open().verify(), std::nullopt); });
}

std::string name_of(const testing::TestParamInfo<Fault>& fault) {
  return fault.param.name;
}

INSTANTIATE_TEST_SUITE_P(Log, Faults, testing::ValuesIn(kFaults), name_of);

// What fsync could not write is gone from the kernel's cache, though the next fsync would say that all is well.
TEST(FaultOfSync, LetsNothingMoreBeWrittenByThatHandle) {
  FailingVfs vfs;
  const CaseFile file;
  Log log = file.open();
  append(log, batch(0, 5));
  vfs.fail({"", Fault::Call::sync, SQLITE_IOERR_FSYNC}, 1, false);
  EXPECT_THROW(append(log, batch(5, 5)), LogError);
  vfs.heal();
  try {
    append(log, batch(5, 5));
    FAIL() << "was written";
  } catch (const LogError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("an earlier write failed; open it again to go on"));
  }
  Log again = file.open();
  append(again, batch(again.size(), 5));
  EXPECT_EQ(again.verify(), std::nullopt);
}

TEST(FileDescriptors, ThatAreAllUsedUpAreNamedAndNothingIsLost) {
  const CaseFile file;
  {
    Log log = file.open();
    append(log, batch(0, 5));
  }
  Child child([&](int pipe) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    for (rlim_t most = 0; most < 12; ++most) {
      limit.rlim_cur = static_cast<rlim_t>(pipe) + most;
      ::setrlimit(RLIMIT_NOFILE, &limit);
      try {
        Log log = file.open();
        append(log, batch(log.size(), 5));
      } catch (const LogError& error) {
        const bool named = std::string(error.what()).starts_with(file.path() + ": ");
        write_to(pipe, named ? "refused\n" : std::string(error.what()) + "\n");
        continue;
      }
      write_to(pipe, "written\n");
      return;
    }
  });
  EXPECT_THAT(child.rest(), testing::MatchesRegex("(refused\n)+written\n"));
  EXPECT_TRUE(child.succeeded());
  const Log log = file.open();
  EXPECT_EQ(log.verify(), std::nullopt);
  EXPECT_EQ(numbers_in(log), first_numbers(10));
}

}  // namespace
}  // namespace linkaudit::log
