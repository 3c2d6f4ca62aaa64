#include "schedules/due.h"

#include <gtest/gtest.h>

#include "tests/schedules/times.h"

namespace linkaudit::schedules {

// As failing tests show it.
static void PrintTo(const Due& due, std::ostream* out) {
  for (const DueFire& fire : due.run) *out << "run " << test::shown(fire.planned) << ' ' << name(fire.reason) << "; ";
  for (const Instant missed : due.missed) *out << "missed " << test::shown(missed) << "; ";
}

namespace {

using test::at;

// A job at 03:00 in Shanghai, dealt with up to the fire of the 17th; `day` is the 18th and later.
class DueFires : public testing::Test {
 protected:
  static Instant fire(int day) { return at("2021-09-17T03:00:00+08:00") + std::chrono::hours(24 * (day - 17)); }
  Due due(Instant now, CatchUp catch_up) const {
    DuePolicy policy;
    policy.catch_up = catch_up;
    return due_fires(test::cron("0 3 * * *"), test::zone("Asia/Shanghai"), fire(17), now, policy);
  }
  static constexpr CatchUp every_kind[] = {CatchUp::none, CatchUp::once, CatchUp::all};
};

TEST_F(DueFires, NothingBeforeTheNextFire) {
  for (const CatchUp kind : every_kind) {
    EXPECT_EQ(due(fire(17), kind), Due{});
    EXPECT_EQ(due(fire(18) - std::chrono::milliseconds(1), kind), Due{});
  }
}

TEST_F(DueFires, AtItsInstantAndTenMinutesLaterItIsOnTime) {
  const Due expected{{{fire(18), FireReason::on_time}}, {}};
  for (const CatchUp kind : every_kind) {
    EXPECT_EQ(due(fire(18), kind), expected);
    EXPECT_EQ(due(fire(18) + std::chrono::minutes(10), kind), expected);
  }
}

TEST_F(DueFires, LaterThanThatItRunsLateOrWithoutCatchUpIsMissed) {
  const Instant now = fire(18) + std::chrono::minutes(10) + std::chrono::milliseconds(1);
  const Due late{{{fire(18), FireReason::late}}, {}};
  EXPECT_EQ(due(now, CatchUp::once), late);
  EXPECT_EQ(due(now, CatchUp::all), late);
  EXPECT_EQ(due(now, CatchUp::none), (Due{{}, {fire(18)}}));
  EXPECT_EQ(due(fire(19) - std::chrono::milliseconds(1), CatchUp::once), late);
}

TEST_F(DueFires, OfSeveralOnceRunsTheNewestAndMissesTheRest) {
  EXPECT_EQ(due(fire(20), CatchUp::once), (Due{{{fire(20), FireReason::on_time}}, {fire(18), fire(19)}}));
  EXPECT_EQ(due(fire(20) + std::chrono::hours(5), CatchUp::once),
            (Due{{{fire(20), FireReason::late}}, {fire(18), fire(19)}}));
}

TEST_F(DueFires, OfSeveralNoneRunsOnlyWhatIsOnTime) {
  EXPECT_EQ(due(fire(20), CatchUp::none), (Due{{{fire(20), FireReason::on_time}}, {fire(18), fire(19)}}));
  EXPECT_EQ(due(fire(20) + std::chrono::hours(5), CatchUp::none), (Due{{}, {fire(18), fire(19), fire(20)}}));
}

TEST_F(DueFires, OfSeveralAllRunsEachAndSaysWhichWereCaughtUp) {
  EXPECT_EQ(
      due(fire(20), CatchUp::all),
      (Due{{{fire(18), FireReason::caught_up}, {fire(19), FireReason::caught_up}, {fire(20), FireReason::on_time}},
           {}}));
  EXPECT_EQ(due(fire(20) + std::chrono::hours(5), CatchUp::all).run.back(), (DueFire{fire(20), FireReason::late}));
}

TEST_F(DueFires, ClockSetBackMakesNothingDue) {
  for (const CatchUp kind : every_kind) {
    EXPECT_EQ(due(fire(17) - std::chrono::hours(1), kind), Due{});
    EXPECT_EQ(due(fire(10), kind), Due{});
  }
}

TEST(DueFiresOfMany, AllRunsAtMostTheNewestAndMissesTheOlder) {
  const Instant start = at("2024-01-01T00:00:00Z");
  DuePolicy policy;
  policy.catch_up = CatchUp::all;
  policy.most = 3;
  const Due due =
      due_fires(test::cron("* * * * *"), test::zone("UTC"), start, start + std::chrono::minutes(10), policy);
  ASSERT_EQ(due.run.size(), 3u);
  EXPECT_EQ(due.run.front().planned, start + std::chrono::minutes(8));
  EXPECT_EQ(due.run.back(), (DueFire{start + std::chrono::minutes(10), FireReason::on_time}));
  ASSERT_EQ(due.missed.size(), 7u);
  EXPECT_EQ(due.missed.front(), start + std::chrono::minutes(1));
  EXPECT_EQ(due.missed.back(), start + std::chrono::minutes(7));
}

TEST_F(DueFires, PastTheDeadlineTheyAreMissedWhateverCatchUpSays) {
  DuePolicy policy;
  policy.deadline = std::chrono::hours(30);
  const auto due_by = [&](CatchUp catch_up, Instant now) {
    policy.catch_up = catch_up;
    return due_fires(test::cron("0 3 * * *"), test::zone("Asia/Shanghai"), fire(17), now, policy);
  };
  EXPECT_EQ(due_by(CatchUp::all, fire(20) + std::chrono::hours(5)),
            (Due{{{fire(19), FireReason::caught_up}, {fire(20), FireReason::late}}, {fire(18)}}));
  EXPECT_EQ(due_by(CatchUp::once, fire(20) + std::chrono::hours(5)).missed.size(), 2u);
  policy.deadline = std::chrono::hours(5);
  for (const CatchUp kind : every_kind) {
    const Due late = due_by(kind, fire(20) + std::chrono::hours(6));
    EXPECT_TRUE(late.run.empty());
    EXPECT_EQ(late.missed.size(), 3u);
  }
  EXPECT_EQ(due_by(CatchUp::once, fire(20) + std::chrono::hours(5)).run.size(), 1u);
}

// A month of every minute, looked at from anywhere: run and missed together are the fires, none lost, none twice.
TEST(DueFiresOfMany, RunAndMissedTogetherAreAllFires) {
  const Instant start = at("2024-10-26T00:00:00Z");
  for (const CatchUp kind : {CatchUp::none, CatchUp::once, CatchUp::all}) {
    DuePolicy policy;
    policy.catch_up = kind;
    for (int hours = 0; hours < 72; ++hours) {
      const Instant now = start + std::chrono::hours(hours);
      const Cron cron = test::cron("20,40 */2 * * *");
      const Zone zone = test::zone("Europe/London");
      const Due due = due_fires(cron, zone, start, now, policy);
      std::vector<Instant> together = due.missed;
      for (const DueFire& fire : due.run) together.push_back(fire.planned);
      EXPECT_EQ(test::shown(together), test::shown(fires_between(cron, zone, start, now))) << hours;
    }
  }
}

TEST(DueFiresOfMany, RepeatedHourOfAFixedJobIsOneFire) {
  const Due due = due_fires(test::cron("30 1 * * *"), test::zone("Europe/London"), at("2024-10-27T01:30:00+01:00"),
                            at("2024-10-27T01:35:00Z"), DuePolicy{});
  EXPECT_EQ(due, Due{});
}

TEST(FireReason, NamesAreThoseOfTheLog) {
  EXPECT_EQ(name(FireReason::on_time), "on_time");
  EXPECT_EQ(name(FireReason::late), "late");
  EXPECT_EQ(name(FireReason::caught_up), "caught_up");
  EXPECT_EQ(name(FireReason::manual), "manual");
}

}  // namespace
}  // namespace linkaudit::schedules
