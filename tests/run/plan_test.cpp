// What is due, case by case: each by what the database says afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "audit/log/fires.h"
#include "tests/run/planned_world.h"

namespace linkaudit::run {
namespace {

using test::at;
using test::catalog_of;
using test::catalog_text;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr const char* kOneCell = "select: {links: [shop/one], contexts: [chat/group]}";

// A schedule at 03:00 in Shanghai of the one cell shop/one in chat/group.
catalog::Catalog daily(const std::string& more = "") {
  return catalog_of(catalog_text("  - {id: daily, cron: \"0 3 * * *\", " + std::string(kOneCell) + more + "}\n"));
}

class Due : public testing::Test {
 protected:
  // "daily 2024-03-02T03:00:00+08:00 on_time", "... missed", in the order of the log.
  std::vector<std::string> dealt_with() const {
    std::map<std::int64_t, std::string> rows;
    const auto row = [](const std::string& schedule, Instant planned, const std::string& reason) {
      return schedule + " " + law::format_instant(planned, "Asia/Shanghai").substr(0, 16) + " " + reason;
    };
    log::for_each_observation(world_.log, {}, {}, [&](const log::LoggedObservation& each) {
      if (each.fire) rows[each.entry] = row(each.fire->schedule, each.fire->planned, each.fire->reason);
      return true;
    });
    log::for_each_gap(world_.log, {}, [&](const log::LoggedGap& each) {
      rows[each.entry] = row(each.gap.schedule, each.gap.at, each.gap.reason);
      return true;
    });
    std::vector<std::string> texts;
    for (const auto& [entry, text] : rows) texts.push_back(text);
    return texts;
  }

  void run_at(const std::string& instant, const catalog::Catalog& catalog) {
    world_.now = at(instant);
    world_.run(catalog);
  }

  test::World world_{at("2024-03-01T12:00:00+08:00")};
};

TEST_F(Due, NothingIsBeforeTheScheduleIsKnown) {
  const catalog::Catalog catalog = daily();
  run_at("2024-03-02T03:00:00+08:00", catalog);
  EXPECT_THAT(dealt_with(), IsEmpty());
  run_at("2024-03-03T03:00:00+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-03T03:00 on_time"));
}

TEST_F(Due, ACatalogThatTheLogHasNotSeenPlansNothing) {
  Planner planner(daily(), world_.log, world_.shelf);
  EXPECT_EQ(planner.due(world_.now + std::chrono::hours(48)).planned(), 0);
}

TEST_F(Due, AFireIsDealtWithOnce) {
  const catalog::Catalog catalog = daily();
  world_.run(catalog);
  for (int minute = 0; minute < 5; ++minute) run_at("2024-03-02T03:0" + std::to_string(minute) + ":00+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 on_time"));
}

TEST_F(Due, AfterDowntimeTheNewestRunsAndTheOthersAreMissed) {
  const catalog::Catalog catalog = daily();
  world_.run(catalog);
  run_at("2024-03-04T09:00:00+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 missed", "daily 2024-03-03T03:00 missed",
                                        "daily 2024-03-04T03:00 late"));
}

TEST_F(Due, GapsAreCountedBySchedule) {
  const catalog::Catalog catalog = daily();
  world_.run(catalog);
  run_at("2024-03-05T09:00:00+08:00", catalog);
  const auto gaps = log::gaps_by_schedule(world_.log, false, at("2024-03-02T03:00:00+08:00"), world_.now);
  EXPECT_THAT(gaps, ElementsAre(Pair("daily", ElementsAre(Pair("missed", 2)))));  // of the 3rd and the 4th
  EXPECT_THAT(log::newest_fires(world_.log, false), ElementsAre(Pair("daily", at("2024-03-05T03:00:00+08:00"))));
  EXPECT_THAT(log::newest_fires(world_.log, true), IsEmpty());
}

TEST_F(Due, CatchUpAllRunsThemInOrderUpToItsNumber) {
  const catalog::Catalog catalog = daily(", catch_up: all, catch_up_max: 2");
  world_.run(catalog);
  run_at("2024-03-04T09:00:00+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 missed", "daily 2024-03-03T03:00 caught_up",
                                        "daily 2024-03-04T03:00 late"));
}

TEST_F(Due, PastTheDeadlineIsMissed) {
  const catalog::Catalog catalog = daily(", deadline_s: 3600");
  world_.run(catalog);
  run_at("2024-03-02T04:00:00+08:00", catalog);
  run_at("2024-03-03T04:00:01+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 late", "daily 2024-03-03T03:00 missed"));
}

TEST_F(Due, ClockSetBackRunsNothingTwice) {
  const catalog::Catalog catalog = daily();
  world_.run(catalog);
  run_at("2024-03-03T03:01:00+08:00", catalog);
  run_at("2024-03-02T12:00:00+08:00", catalog);
  run_at("2024-03-03T03:00:30+08:00", catalog);
  run_at("2024-03-04T03:00:00+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 missed", "daily 2024-03-03T03:00 on_time",
                                        "daily 2024-03-04T03:00 on_time"));
}

TEST_F(Due, AChangedTimeCountsFromTheChangeAndTheOldOneUpToIt) {
  world_.run(daily());
  const catalog::Catalog noon =
      catalog_of(catalog_text("  - {id: daily, cron: \"0 12 * * *\", " + std::string(kOneCell) + "}\n"));
  run_at("2024-03-03T09:00:00+08:00", noon);
  run_at("2024-03-03T12:00:00+08:00", noon);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 missed", "daily 2024-03-03T03:00 late",
                                        "daily 2024-03-03T12:00 on_time"));
}

TEST_F(Due, WhatALaterCatalogNoLongerPlansIsMissed) {
  world_.run(daily());
  run_at("2024-03-03T09:00:00+08:00", catalog_of(catalog_text("")));
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 missed", "daily 2024-03-03T03:00 missed"));
  // Paused; what would have been meanwhile was not planned.
  run_at("2024-03-05T09:00:00+08:00", daily());
  run_at("2024-03-06T03:00:00+08:00", daily());
  EXPECT_THAT(dealt_with(), testing::Contains("daily 2024-03-06T03:00 on_time"));
  EXPECT_EQ(dealt_with().size(), 3u);
}

TEST_F(Due, ALookUnderAnotherCatalogDoesNotInterruptThePlan) {
  const catalog::Catalog catalog = daily();
  world_.run(catalog);
  world_.now = at("2024-03-02T02:59:00+08:00");
  record_catalog(catalog_of(catalog_text("")), world_.log, world_.now);  // as `check --log` does
  run_at("2024-03-02T03:01:00+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 on_time"));
}

TEST_F(Due, ARunThatWasKilledIsTakenUpWhereItsRecordEnds) {
  std::string links;
  for (int link = 0; link < 100; ++link) {
    links += (link == 0 ? "" : ", ") + std::string("{id: l") + std::to_string(link) +
             ", kind: product, url: \"https://big.example/" + std::to_string(link) + "\"}";
  }
  const catalog::Catalog catalog = catalog_of(catalog_text(
      "  - {id: daily, cron: \"0 3 * * *\", select: {platforms: [big], contexts: [chat/group]}}\n",
      "  - {id: big, name: {en: B, zh: 大}, operator: {en: R, zh: 大}, category: c, domains: [big.example], links: [" +
          links + "]}\n"));
  world_.run(catalog);
  world_.now = at("2024-03-02T03:00:00+08:00");
  world_.killed_after = 80;
  world_.before_killed = [&] {  // the recorder writes on a thread of its own
    while (log::Log::open_read_only(world_.file.path()).size() < 1 + 64) std::this_thread::yield();
  };
  EXPECT_THROW(world_.run(catalog), test::Killed);
  const std::size_t recorded = dealt_with().size();
  EXPECT_EQ(recorded, 64u);  // a batch
  world_.looked.clear();
  world_.killed_after = -1;
  world_.run(catalog);
  EXPECT_EQ(world_.looked.size(), 100 - recorded);
  EXPECT_EQ(dealt_with().size(), 100u);
  EXPECT_EQ(std::set<std::string>(world_.looked.begin(), world_.looked.end()).size(), world_.looked.size());
}

TEST_F(Due, WhatComesDueWhileItsScheduleRunsIsAnOverlapOrWaits) {
  for (const char* overlap : {"skip", "queue"}) {
    const catalog::Catalog catalog =
        catalog_of(catalog_text("  - {id: " + std::string(overlap) + ", cron: \"*/10 * * * *\", " + kOneCell +
                                ", overlap: " + overlap + "}\n"));
    world_.run(catalog);
    world_.now += std::chrono::minutes(10);
    world_.per_look = std::chrono::minutes(25);
    world_.run(catalog);  // 12:10 to 12:35, then 12:45 to 13:10
    world_.per_look = std::chrono::seconds(1);
    world_.run(catalog);
  }
  EXPECT_THAT(dealt_with(), ElementsAre("skip 2024-03-01T12:10 on_time", "skip 2024-03-01T12:20 overlap",
                                        "skip 2024-03-01T12:30 overlap", "queue 2024-03-01T12:40 on_time",
                                        "queue 2024-03-01T12:50 missed", "queue 2024-03-01T13:00 missed",
                                        "queue 2024-03-01T13:10 on_time"));
}

TEST_F(Due, ASpreadCellIsLookedAtLaterWithItsPlannedTime) {
  const catalog::Catalog catalog = daily(", spread_s: 600");
  world_.run(catalog);
  const auto spread = schedules::spread_of("daily", "shop/one chat/group", 600);
  ASSERT_GT(spread.count(), 0);
  world_.now = at("2024-03-02T03:00:00+08:00") + spread - std::chrono::milliseconds(1);
  const Plan early = world_.planned(catalog);
  EXPECT_EQ(early.planned(), 0);
  EXPECT_EQ(early.next, at("2024-03-02T03:00:00+08:00") + spread);
  world_.now += std::chrono::milliseconds(1);
  world_.run(catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 on_time"));
}

TEST_F(Due, ALinkWithoutUrlIsAGap) {
  const catalog::Catalog catalog = catalog_of(
      catalog_text("  - {id: daily, cron: \"0 3 * * *\", select: {links: [other/none], contexts: [chat/group]}}\n"));
  world_.run(catalog);
  run_at("2024-03-03T03:00:00+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 missed", "daily 2024-03-03T03:00 no_url"));
}

struct Selected {
  const char* select;
  std::vector<const char*> cells;
};

TEST_F(Due, SelectionByEachOfItsTerms) {
  const Selected table[] = {
      {"{hosts: [chat], links: [shop/one]}", {"shop/one chat/group", "shop/one chat/feed"}},
      {"{contexts: [chat/feed], platforms: [shop]}", {"shop/one chat/feed", "shop/two chat/feed"}},
      {"{kinds: [group], categories: [video]}", {"other/one chat/group", "other/none chat/group"}},
      {"{tiers: [gateway], links: [shop/one]}", {"shop/one chat/feed"}},
      {"{tiers: [target], links: [shop/one]}", {"shop/one chat/group"}},
      {"{tiers: [gateway, target], links: [shop/one]}", {"shop/one chat/group", "shop/one chat/feed"}},
  };
  for (const Selected& row : table) {
    const catalog::Catalog catalog =
        catalog_of(catalog_text("  - {id: daily, cron: \"0 3 * * *\", select: " + std::string(row.select) + "}\n"));
    std::vector<std::string> cells;
    for (const probes::Target& cell : catalog::select(catalog, catalog.schedules.front().select)) {
      cells.push_back(cell.link->id + " " + cell.context->id);
    }
    EXPECT_THAT(cells, testing::ElementsAreArray(row.cells)) << row.select;
  }
}

TEST_F(Due, NearTheDateOfAnObligationCellsInItsScopeAreLookedAtMoreOften) {
  const catalog::Catalog catalog = catalog_of(catalog_text(
      "  - {id: daily, cron: \"0 3 * * *\", select: {links: [shop/one, other/one], contexts: [chat/group]}, catch_up: "
      "all,\n"
      "     near_deadline: {days: 1, cron: \"0 3,15 * * *\"}}\n",
      "obligations:\n  - {id: law, authority: {en: A, zh: 甲}, title: {en: T, zh: 题}, effective: 2024-03-05, zone: "
      "Asia/Shanghai, scope: {platforms: [shop]}, requires: {outcomes: [direct]}, source: {en: S, zh: 源}}\n"));
  world_.now = at("2024-03-03T12:00:00+08:00");
  world_.run(catalog);
  run_at("2024-03-08T00:00:00+08:00", catalog);
  std::map<std::string, int> looks;
  for (const std::string& look : world_.looked) ++looks[look];
  // 4, 5, 6 and 7 March at 03:00; on the 4th, 5th and 6th at 15:00 as well.
  EXPECT_THAT(looks, UnorderedElementsAre(Pair("shop/one chat/group", 7), Pair("other/one chat/group", 4)));
}

class FollowedUp : public Due {};

TEST_F(FollowedUp, ASoftOutcomeIsLookedAtAgain) {
  const catalog::Catalog catalog = daily(", confirm: {after_s: 900}");
  world_.run(catalog);
  world_.fails = [](const probes::Target&) { return true; };
  run_at("2024-03-02T03:00:00+08:00", catalog);
  EXPECT_EQ(world_.planned(catalog).next, world_.now + std::chrono::seconds(900));
  run_at("2024-03-02T03:10:00+08:00", catalog);  // not yet
  run_at("2024-03-02T03:16:00+08:00", catalog);
  run_at("2024-03-02T04:00:00+08:00", catalog);  // hard by now
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 on_time", "daily/confirm 2024-03-02T03:15 on_time"));
}

TEST_F(FollowedUp, AHardOutcomeIsNot) {
  const catalog::Catalog catalog = daily(", confirm: {after_s: 900}");
  world_.run(catalog);
  run_at("2024-03-02T03:00:00+08:00", catalog);
  run_at("2024-03-02T04:00:00+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 on_time"));
}

TEST_F(FollowedUp, AStaleCellIsRecheckedAtTheTimesOfRechecks) {
  const catalog::Catalog catalog =
      catalog_of(catalog_text("  - {id: monthly, cron: \"0 3 1 * *\", " + std::string(kOneCell) +
                              ", recheck: {cron: \"0 9 * * *\", when: [stale]}}\n"));
  world_.now = at("2024-02-29T12:00:00+08:00");
  world_.run(catalog);
  run_at("2024-03-01T03:00:00+08:00", catalog);
  run_at("2024-03-07T09:00:00+08:00", catalog);  // fresh
  run_at("2024-03-08T08:59:00+08:00", catalog);  // stale, and not yet time
  run_at("2024-03-08T09:00:00+08:00", catalog);
  run_at("2024-03-08T09:30:00+08:00", catalog);
  EXPECT_THAT(dealt_with(),
              ElementsAre("monthly 2024-03-01T03:00 on_time", "monthly/recheck 2024-03-08T09:00 on_time"));
}

TEST_F(FollowedUp, ADisputedCellIsRecheckedAsLongAsItIs) {
  const catalog::Catalog catalog = daily(", recheck: {cron: \"0 9 * * *\"}");
  world_.run(catalog);
  run_at("2024-03-02T03:00:00+08:00", catalog);
  run_at("2024-03-02T09:00:00+08:00", catalog);  // in peace
  world_.now = at("2024-03-02T20:00:00+08:00");
  world_.contradict("shop/one", "chat/group", probes::Tier::target);
  run_at("2024-03-03T09:00:00+08:00", catalog);  // two words differ
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 on_time", "daily 2024-03-03T03:00 late"));
  run_at("2024-03-04T03:00:00+08:00", catalog);
  run_at("2024-03-04T09:00:00+08:00", catalog);
  EXPECT_THAT(dealt_with(), ElementsAre("daily 2024-03-02T03:00 on_time", "daily 2024-03-03T03:00 late",
                                        "daily 2024-03-04T03:00 on_time", "daily/recheck 2024-03-04T09:00 on_time"));
}

}  // namespace
}  // namespace linkaudit::run
