// A table of fire times worked out by hand or taken from public suites, walked forwards and backwards.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/schedules/times.h"

namespace linkaudit::schedules {
namespace {

using test::at;
using test::cron;
using test::shown;
using test::zone;

struct Row {
  int line = 0;
  std::string expression, zone, start, source;
  std::vector<std::optional<Instant>> fires;  // nothing: never
};

std::vector<Row> table() {
  std::ifstream file(LINKAUDIT_TEST_DATA "/fires.csv");
  std::vector<Row> rows;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    std::istringstream cells(line);
    Row row;
    row.line = number;
    std::getline(cells, row.expression, ';');
    std::getline(cells, row.zone, ';');
    std::getline(cells, row.start, ';');
    for (int index = 0; index < 3; ++index) {
      std::string cell;
      std::getline(cells, cell, ';');
      row.fires.push_back(cell == "never" ? std::nullopt : std::optional(at(cell)));
    }
    std::getline(cells, row.source);
    rows.push_back(std::move(row));
  }
  return rows;
}

class Fires : public testing::TestWithParam<Row> {
 protected:
  const Row& row_ = GetParam();
  const Cron cron_ = cron(row_.expression);
  const Zone zone_ = zone(row_.zone);
};

TEST_P(Fires, NextAfterEachIsTheFollowing) {
  Instant after = at(row_.start);
  for (const auto& fire : row_.fires) {
    EXPECT_EQ(shown(next_after(cron_, zone_, after)), shown(fire)) << row_.source;
    if (!fire) break;
    after = *fire;
  }
}

TEST_P(Fires, PreviousBeforeEachIsTheOneBefore) {
  for (std::size_t index = 1; index < row_.fires.size() && row_.fires[index]; ++index) {
    EXPECT_EQ(shown(previous_before(cron_, zone_, *row_.fires[index])), shown(row_.fires[index - 1])) << row_.source;
  }
  if (!row_.fires.front()) return;
  // Between the start and the first fire there is none, so that what is before the first is not after the start.
  const auto before = previous_before(cron_, zone_, *row_.fires.front());
  EXPECT_LE(before.value_or(at(row_.start)), at(row_.start)) << row_.source;
}

INSTANTIATE_TEST_SUITE_P(Table, Fires, testing::ValuesIn(table()), [](const testing::TestParamInfo<Row>& row) {
  return "line" + std::to_string(row.param.line);
});

TEST(FiresTable, HasZonesOfEveryKindOfChange) {
  std::set<std::string> zones;
  for (const Row& row : table()) {
    zones.insert(row.zone);
    EXPECT_FALSE(row.source.empty()) << row.line;
  }
  for (const char* needed : {"Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe",
                             "Antarctica/Troll", "Pacific/Apia", "Pacific/Kwajalein"}) {
    EXPECT_TRUE(zones.contains(needed)) << needed;
  }
}

TEST(FiresTable, HasTwoHundredCasesAndNamesThePublicSuites) {
  std::map<std::string, int> sources;
  for (const Row& row : table()) ++sources[row.source];
  EXPECT_GE(table().size(), 200u);
  for (const char* suite :
       {"robfig/cron spec_test.go", "kiorky/croniter test_croniter.py", "kiorky/croniter test_croniter_dst.py",
        "HangfireIO/Cronos CronExpressionFacts.cs", "harrisiirak/cron-parser timezone.test.ts"}) {
    EXPECT_GE(sources[suite], 5) << suite;
  }
}

TEST(FiresBetween, LeavesOutTheStartAndTakesTheEnd) {
  const auto fires = fires_between(cron("0 3 * * *"), zone("Asia/Shanghai"), at("2021-09-17T03:00:00+08:00"),
                                   at("2021-09-20T03:00:00+08:00"));
  EXPECT_EQ(shown(fires),
            (std::vector<std::string>{"2021-09-17T19:00:00Z", "2021-09-18T19:00:00Z", "2021-09-19T19:00:00Z"}));
}

TEST(FiresBetween, GivesTheFirstOnesWhenOnlySomeAreWanted) {
  const Instant start = at("2024-01-01T00:00:00Z");
  const auto fires = fires_between(cron("* * * * *"), zone("UTC"), start, start + std::chrono::hours(24), 2);
  EXPECT_EQ(shown(fires), (std::vector<std::string>{"2024-01-01T00:01:00Z", "2024-01-01T00:02:00Z"}));
}

TEST(FiresBetween, IsEmptyWhenTheEndIsNotAfterTheStart) {
  const Instant start = at("2024-01-01T00:00:00Z");
  EXPECT_TRUE(fires_between(cron("* * * * *"), zone("UTC"), start, start).empty());
  EXPECT_TRUE(fires_between(cron("* * * * *"), zone("UTC"), start, start - std::chrono::hours(1)).empty());
}

TEST(FiresBetween, IsEmptyForADateThatNeverComes) {
  const Instant start = at("2024-01-01T00:00:00Z");
  EXPECT_TRUE(fires_between(cron("0 0 30 2 *"), zone("UTC"), start, start + std::chrono::hours(24 * 3660)).empty());
}

TEST(PreviousBefore, IsNothingForADateThatNeverCame) {
  EXPECT_EQ(previous_before(cron("0 0 30 2 *"), zone("UTC"), at("2024-01-01T00:00:00Z")), std::nullopt);
  EXPECT_EQ(previous_before(cron("*/5 * 31 4 *"), zone("America/New_York"), at("2024-01-01T00:00:00Z")), std::nullopt);
}

// Changes of the offset lie on whole seconds; instants asked for need not.
TEST(PreviousBefore, KnowsAChangeLessThanASecondAgo) {
  const Instant leap = at("2024-03-10T03:00:00-04:00");
  for (const int milliseconds : {1, 500, 999, 1000, 1001}) {
    EXPECT_EQ(shown(previous_before(cron("*/30 2 * * *"), zone("America/New_York"),
                                    leap + std::chrono::milliseconds(milliseconds))),
              "2024-03-09T07:30:00Z")
        << milliseconds;
  }
}

TEST(NextAfter, KnowsAChangeLessThanASecondAhead) {
  const Instant leap = at("2024-03-10T03:00:00-04:00");
  for (const int milliseconds : {1, 500, 999, 1000, 1001}) {
    const Instant before = leap - std::chrono::milliseconds(milliseconds);
    EXPECT_EQ(shown(next_after(cron("0 * * * *"), zone("America/New_York"), before)), shown(leap)) << milliseconds;
    EXPECT_EQ(shown(next_after(cron("30 2 * * *"), zone("America/New_York"), before)), shown(leap)) << milliseconds;
  }
}

TEST(NextAfter, EndsWhereInstantsEnd) {
  for (const char* expression : {"* * * * *", "0 3 * * *"}) {
    EXPECT_EQ(next_after(cron(expression), zone("Asia/Shanghai"), Instant::max()), std::nullopt) << expression;
    EXPECT_EQ(previous_before(cron(expression), zone("Asia/Shanghai"), Instant::min()), std::nullopt) << expression;
  }
}

}  // namespace
}  // namespace linkaudit::schedules
