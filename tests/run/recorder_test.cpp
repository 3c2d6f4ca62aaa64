// What a run sees is recorded in the order given, on another thread; what fails there is thrown to whoever gives.
#include "audit/run/recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/catalog/load.h"
#include "audit/log/read.h"
#include "tests/log/case_file.h"

namespace linkaudit::run {
namespace {

using namespace std::chrono_literals;

constexpr probes::Instant kNoon{std::chrono::sys_days(std::chrono::year(2022) / 1 / 27) + 12h};

std::vector<std::string> links_of_gaps(const log::Log& log) {
  std::vector<std::string> links;
  log::for_each_gap(log, {kNoon}, [&](const log::LoggedGap& gap) {
    links.push_back(gap.gap.link);
    return true;
  });
  return links;
}

class Recording : public testing::Test {
 protected:
  Recording() {
    for (const catalog::Platform& platform : catalog_.platforms) {
      for (const probes::Link& link : platform.links) {
        plan_.targets.push_back({&link, &catalog_.hosts.front().contexts.front()});
      }
    }
  }

  log::RunRecord record_all(log::Log& log) {
    Recorder recorder(catalog_, log, plan_, now_);
    for (std::size_t target = 0; target < plan_.targets.size(); ++target) {
      for (int times = 0; times < 10; ++times) recorder.take(probes::NotProbed{target, "cancelled"});
    }
    log::RunRecord run;
    run.at = kNoon;
    run.trigger = "all";
    return recorder.finish(run);
  }

  const catalog::Catalog catalog_ = *catalog::load({});
  Plan plan_;
  const probes::NowFunction now_ = [] { return kNoon; };
  log::CaseFile file_;
};

TEST_F(Recording, KeepsTheOrderAndCountsByReason) {
  log::Log log = log::Log::open(file_.path());
  const log::RunRecord run = record_all(log);
  const auto all = static_cast<std::int64_t>(10 * plan_.targets.size());
  ASSERT_GT(all, 128) << "more than one batch, and more than may wait";
  EXPECT_THAT(run.gaps, testing::ElementsAre(testing::Pair("cancelled", all)));
  EXPECT_EQ(run.ended, kNoon);
  std::vector<std::string> expected;
  for (const probes::Target& target : plan_.targets) expected.insert(expected.end(), 10, target.link->id);
  EXPECT_EQ(links_of_gaps(log), expected);
  EXPECT_EQ(log::runs(log, {kNoon}).size(), 1U);
}

TEST_F(Recording, WhatWritingThrowsReachesTheGiverAndNothingIsCounted) {
  { const log::Log made = log::Log::open(file_.path()); }
  log::Log log = log::Log::open_read_only(file_.path());
  EXPECT_ANY_THROW(record_all(log));
  EXPECT_TRUE(log::runs(log, {kNoon}).empty());
}

TEST_F(Recording, LeavesOutWhatWasNotWrittenWhenItIsNotFinished) {
  log::Log log = log::Log::open(file_.path());
  {
    Recorder recorder(catalog_, log, plan_, now_);
    recorder.take(probes::NotProbed{0, "cancelled"});
  }
  EXPECT_TRUE(links_of_gaps(log).empty());
}

}  // namespace
}  // namespace linkaudit::run
