// planned = observed + gaps, over all and by period.
#include "audit/query/accounting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/query/world.h"

namespace linkaudit::query {
namespace {

using probes::Outcome;
using testing::ElementsAre;
using testing::Pair;

class AccountingOfALog : public testing::Test {
 protected:
  void add(const log::NewEntry& entry) { log_.append(std::vector{entry}, at("2022-03-01")); }
  void look(const std::string& when) {
    add(log::NewObservation{probe(when, "jd/item", "wechat/group", Outcome::direct), std::nullopt});
  }
  void gap(const std::string& when, const std::string& reason) {
    log::Gap gap;
    gap.at = at(when);
    gap.link = "jd/item";
    gap.context = "wechat/group";
    gap.reason = reason;
    add(gap);
  }
  void run(const std::string& when) {
    log::RunRecord run;
    run.at = run.ended = at(when);
    add(run);
  }
  void SetUp() override {
    look("2021-09-30T23:59:59.999");
    gap("2021-09-30T20:00:00", "overlap");
    run("2021-09-30T20:00:00");
    look("2021-10-01T00:00:00");
    look("2021-10-02");
    gap("2021-10-02", "missed");
    gap("2021-10-03", "missed");
    run("2021-10-02");
    add(log::NewObservation{person("2021-10-02", "jd/item", "wechat/group", Outcome::direct), std::nullopt});
  }

  log::CaseFile file_;
  log::Log log_ = file_.open();
};

TEST_F(AccountingOfALog, PlannedIsObservedAndGapsByReason) {
  const Accounting all = account(log_, {});
  EXPECT_EQ(all.planned, 6);
  EXPECT_EQ(all.observed, 3);
  EXPECT_THAT(all.gaps, ElementsAre(Pair("missed", 2), Pair("overlap", 1)));
  EXPECT_EQ(all.attestations, 1);
  EXPECT_EQ(all.runs, 2);
}

TEST_F(AccountingOfALog, OfAPeriodIsFromItsBeginToTheHorizonBothIncluded) {
  log::Horizon horizon;
  horizon.as_of = at("2021-10-02");
  const Accounting period = account(log_, horizon, at("2021-10-01T00:00:00"));
  EXPECT_EQ(period.planned, 3);
  EXPECT_EQ(period.observed, 2);
  EXPECT_THAT(period.gaps, ElementsAre(Pair("missed", 1)));
  EXPECT_EQ(period.runs, 1);
}

TEST_F(AccountingOfALog, MonthsAreThoseOfTheZoneAndAddUp) {
  const auto months = account_by_period(log_, {}, std::nullopt, PeriodLength::month, "Asia/Shanghai");
  ASSERT_EQ(months.size(), 2u);
  EXPECT_EQ(months[0].name, "2021-09");
  EXPECT_EQ(months[0].accounting.planned, 2);
  EXPECT_EQ(months[1].name, "2021-10");
  EXPECT_EQ(months[1].accounting.planned, 4);
  EXPECT_EQ(months[1].accounting.attestations, 1);
  // Midnight in Shanghai is the afternoon before in UTC.
  const auto in_utc = account_by_period(log_, {}, std::nullopt, PeriodLength::month, "UTC");
  EXPECT_EQ(in_utc[0].accounting.planned, 3);
  for (const auto& periods : {months, in_utc}) {
    std::int64_t planned = 0, runs = 0;
    for (const Period& each : periods) {
      EXPECT_EQ(each.accounting.planned, each.accounting.observed + each.accounting.gaps_in_all()) << each.name;
      planned += each.accounting.planned;
      runs += each.accounting.runs;
    }
    EXPECT_EQ(planned, 6);
    EXPECT_EQ(runs, 2);
  }
}

TEST_F(AccountingOfALog, DaysLeaveOutThoseOfWhichThereIsNothing) {
  std::vector<std::string> names;
  for (const Period& day : account_by_period(log_, {}, at("2021-10-01"), PeriodLength::day, "Asia/Shanghai")) {
    names.push_back(day.name);
  }
  EXPECT_THAT(names, ElementsAre("2021-10-02", "2021-10-03"));
}

}  // namespace
}  // namespace linkaudit::query
