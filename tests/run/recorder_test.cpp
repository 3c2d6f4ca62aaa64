// What the recorder is given gets into the log in order, and what goes wrong while writing gets back to who gives.
#include "audit/run/recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>
#include <stdexcept>
#include <thread>

#include "tests/log/case_file.h"

namespace linkaudit::run {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

constexpr probes::Instant kNoon{std::chrono::sys_days(std::chrono::year(2022) / 1 / 27) + std::chrono::hours(12)};
constexpr int kMany = 1000;  // more than one batch holds, and more than may wait

log::Gap gap_at(int link) {
  log::Gap gap;
  gap.at = kNoon;
  gap.link = "shop/link" + std::to_string(link);
  gap.context = "chat/group";
  gap.reason = "missed";
  return gap;
}

probes::ProbeResult seen(int link) {
  probes::Probed probed;
  probed.observation.at = kNoon;
  probed.observation.link = "shop/link" + std::to_string(link);
  probed.observation.context = "chat/group";
  return probed;
}

class RecorderTest : public testing::Test {
 protected:
  const catalog::Catalog catalog_;
  const Plan plan_;
  const log::CaseFile file_;
  log::Log log_ = file_.open();
};

TEST_F(RecorderTest, AllThatIsGivenIsWrittenInOrderAndTheRunLast) {
  const probes::NowFunction now = [] { return kNoon; };
  Recorder recorder(catalog_, log_, plan_, now);
  for (int link = 0; link < kMany; ++link) recorder.gap(gap_at(link));
  const log::RunRecord record = recorder.finish({});
  EXPECT_THAT(record.gaps, ElementsAre(Pair("missed", kMany)));
  EXPECT_EQ(record.ended, kNoon);
  ASSERT_EQ(log_.size(), kMany + 1);
  for (int link = 0; link < kMany; ++link) {
    EXPECT_THAT(log_.entry(link + 1)->record, HasSubstr("\"shop/link" + std::to_string(link) + "\""));
  }
  EXPECT_EQ(log_.entry(kMany + 1)->type, log::EntryType::run);
  EXPECT_EQ(log_.verify(), std::nullopt);
}

// The recorder may be some way behind.
TEST_F(RecorderTest, AGapByHandIsDatedWhenItWasKnown) {
  const probes::Link link{"shop/item", "shop", "product", "http://shop.example/"};
  const probes::Context context{"chat/group", "chat", "group", {}, std::nullopt};
  Plan plan;
  plan.targets.push_back({&link, &context});
  const probes::NowFunction now = [] { return kNoon + std::chrono::seconds(9); };
  Recorder recorder(catalog_, log_, plan, now);
  recorder.take(probes::NotProbed{0, "own_line_down", "proxy_failure (limit)", kNoon});
  recorder.finish({});
  EXPECT_THAT(log_.entry(1)->record, HasSubstr("\"at\":\"2022-01-27T12:00:00.000Z\""));
  EXPECT_THAT(log_.entry(1)->record, HasSubstr("\"detail\":\"proxy_failure (limit)\""));
}

// Whoever waits for room when writing fails is told: nothing is written any more that would make some.
TEST_F(RecorderTest, WhatWritingThrowsReachesWhoGivesMore) {
  const probes::NowFunction now = []() -> probes::Instant { throw std::runtime_error("the clock is gone"); };
  Recorder recorder(catalog_, log_, plan_, now);
  const auto give_many = [&] {
    for (int link = 0; link < kMany; ++link) recorder.gap(gap_at(link));
  };
  EXPECT_THROW(give_many(), std::runtime_error);
  EXPECT_THROW(recorder.gap(gap_at(kMany)), std::runtime_error);
  EXPECT_THROW(recorder.finish({}), std::runtime_error);
  EXPECT_EQ(log_.size(), 0);
}

TEST_F(RecorderTest, WhatWritingTheLastThrowsReachesFinish) {
  std::atomic<int> asked = 0;
  const probes::NowFunction now = [&] {
    if (asked.fetch_add(1) > 0) throw std::runtime_error("the clock is gone");
    return kNoon;
  };
  Recorder recorder(catalog_, log_, plan_, now);
  for (int link = 0; link < 128; ++link) {  // two batches; the second fails when nobody gives any more
    recorder.gap(gap_at(link));
  }
  EXPECT_THROW(recorder.finish({}), std::runtime_error);
  EXPECT_EQ(log_.size(), 64);
}

// The network is not kept waiting: who probes is told, and takes nothing new on.
TEST_F(RecorderTest, ObservationsAreTakenWhileTheLogIsBusyAndItIsFullUntilTheyAreWritten) {
  std::binary_semaphore busy(0), go_on(0);
  std::atomic<int> asked = 0;
  const probes::NowFunction now = [&] {
    if (asked.fetch_add(1) == 0) {
      busy.release();
      go_on.acquire();
    }
    return kNoon;
  };
  Recorder recorder(catalog_, log_, plan_, now);
  for (int link = 0; link < 64; ++link) recorder.take(seen(link));
  busy.acquire();  // a batch is being written
  EXPECT_FALSE(recorder.full());
  for (int link = 64; link < kMany; ++link) recorder.take(seen(link));
  EXPECT_TRUE(recorder.full());
  go_on.release();
  EXPECT_EQ(recorder.finish({}).observed, kMany);
  EXPECT_FALSE(recorder.full());
}

TEST_F(RecorderTest, WhoWaitsForRoomIsNotKeptWaitingWhenWritingFailed) {
  std::binary_semaphore busy(0), go_on(0);
  const probes::NowFunction now = [&]() -> probes::Instant {
    busy.release();
    go_on.acquire();
    throw std::runtime_error("the clock is gone");
  };
  Recorder recorder(catalog_, log_, plan_, now);
  for (int link = 0; link < 64; ++link) recorder.take(seen(link));
  busy.acquire();
  for (int link = 64; link < kMany; ++link) recorder.take(seen(link));
  EXPECT_TRUE(recorder.full());
  go_on.release();
  while (recorder.full()) std::this_thread::yield();
  EXPECT_THROW(recorder.take(seen(kMany)), std::runtime_error);
}

TEST_F(RecorderTest, EndWithoutFinishLeavesNoRunBehind) {
  const probes::NowFunction now = [] { return kNoon; };
  {
    Recorder recorder(catalog_, log_, plan_, now);
    for (int link = 0; link < kMany; ++link) recorder.gap(gap_at(link));
  }
  EXPECT_LE(log_.size(), kMany);
  log_.for_each_entry(1, log_.size(), [](const log::Entry& entry) {
    EXPECT_EQ(entry.type, log::EntryType::gap);
    return true;
  });
}

}  // namespace
}  // namespace linkaudit::run
