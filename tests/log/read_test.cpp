#include "audit/log/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/log/case_file.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

using probes::Outcome;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

// Eight observations: entry number in the comments.
class Reading : public testing::Test {
 protected:
  Reading() {
    probes::Observation moments = seen(5, Outcome::external_browser);
    moments.context = "wechat/moments";
    moments.tier = probes::Tier::gateway;
    probes::Observation xianyu = seen(2, Outcome::direct);
    xianyu.link = "xianyu/item";
    xianyu.platform = "xianyu";
    probes::Observation attested = seen(3, Outcome::blocked);
    attested.method = "attestation";
    attested.tier = probes::Tier::in_app;
    probes::Observation simulated = seen(3, Outcome::blocked);
    simulated.simulated = true;
    probes::Observation unlisted = seen(4, Outcome::challenge);
    unlisted.link = unlisted.platform = "";
    unlisted.blame = probes::Blame::unknown;
    append(log_, {entry(moments),                // 1, minute 5
                  entry(3, Outcome::direct),     // 2
                  entry(xianyu),                 // 3, minute 2
                  entry(attested),               // 4, minute 3
                  entry(simulated),              // 5, minute 3
                  entry(1, Outcome::app_jump),   // 6
                  entry(unlisted),               // 7, minute 4
                  entry(3, Outcome::blocked)});  // 8
  }

  std::vector<std::int64_t> chosen(const ObservationFilter& filter, const Horizon& horizon = {}) const {
    return numbers(log_, horizon, filter);
  }

  CaseFile file_;
  Log log_ = file_.open();
};

TEST_F(Reading, GivesAllInOrderOfWhenTheyWereSeen) {
  EXPECT_THAT(chosen({}), ElementsAre(6, 3, 2, 4, 8, 7, 1));
}

TEST_F(Reading, GivesSimulatedOnesOnlyWhenAsked) {
  Horizon horizon;
  horizon.simulated = true;
  EXPECT_THAT(chosen({}, horizon), ElementsAre(5));
}

TEST_F(Reading, StaysWithinTheHorizon) {
  Horizon horizon;
  horizon.as_of = minute(3);
  EXPECT_THAT(chosen({}, horizon), ElementsAre(6, 3, 2, 4, 8));
  horizon.known_entry = 4;
  EXPECT_THAT(chosen({}, horizon), ElementsAre(3, 2, 4));
}

TEST_F(Reading, FiltersByEachField) {
  ObservationFilter filter;
  filter.platform = "xianyu";
  EXPECT_THAT(chosen(filter), ElementsAre(3));
  filter = {};
  filter.link = "taobao/item";
  EXPECT_THAT(chosen(filter), ElementsAre(6, 2, 4, 8, 1));
  filter.context = "wechat/group";
  EXPECT_THAT(chosen(filter), ElementsAre(6, 2, 4, 8));
  filter.outcome = "blocked";
  EXPECT_THAT(chosen(filter), ElementsAre(4, 8));
  filter.method = "http";
  EXPECT_THAT(chosen(filter), ElementsAre(8));
  filter = {};
  filter.tier = "gateway";
  EXPECT_THAT(chosen(filter), ElementsAre(1));
  filter = {};
  filter.blame = "none";
  EXPECT_THAT(chosen(filter), ElementsAre(3, 2));
  filter.outcome = "no such outcome";
  EXPECT_THAT(chosen(filter), IsEmpty());
}

TEST_F(Reading, FiltersByTimeInclusiveAtBothEnds) {
  ObservationFilter filter;
  filter.since = minute(2);
  filter.until = minute(3);
  EXPECT_THAT(chosen(filter), ElementsAre(3, 2, 4, 8));
  filter.since = minute(2) + std::chrono::milliseconds(1);
  EXPECT_THAT(chosen(filter), ElementsAre(2, 4, 8));
  Horizon horizon;
  horizon.as_of = minute(2);
  EXPECT_THAT(chosen(filter, horizon), IsEmpty());
}

TEST_F(Reading, LimitsToTheNewest) {
  ObservationFilter filter;
  filter.limit = 3;
  EXPECT_THAT(chosen(filter), ElementsAre(8, 7, 1));
  filter.link = "taobao/item";
  EXPECT_THAT(chosen(filter), ElementsAre(4, 8, 1));
  filter.limit = 100;
  EXPECT_THAT(chosen(filter), ElementsAre(6, 2, 4, 8, 1));
  filter.limit = 0;
  EXPECT_THAT(chosen(filter), IsEmpty());
}

TEST_F(Reading, StopsWhenTold) {
  int met = 0;
  for_each_observation(log_, {}, {}, [&](const LoggedObservation&) { return ++met < 2; });
  EXPECT_EQ(met, 2);
}

TEST_F(Reading, LetsTheReaderAskTheLogAndAppend) {
  int met = 0;
  for_each_observation(log_, {}, {}, [&](const LoggedObservation& logged) {
    ++met;
    EXPECT_TRUE(log_.entry(logged.entry));
    EXPECT_EQ(spans(log_, {}).size(), spans(log_, {}).size());
    if (met == 1) append(log_, entry(0, Outcome::direct));
    return true;
  });
  EXPECT_EQ(met, 7);
  EXPECT_EQ(log_.size(), 9);
}

TEST_F(Reading, CountsByTypeUpToTheHorizon) {
  Gap gap = full_gap();
  gap.at = minute(3);
  RunRecord run = full_run();
  run.at = minute(1);
  CatalogRecord catalog = full_catalog();
  catalog.at = minute(0);
  append(log_, {gap, run, catalog});
  EXPECT_THAT(counts(log_, {}), UnorderedElementsAre(Pair("observation", 6), Pair("attestation", 1), Pair("gap", 1),
                                                     Pair("run", 1), Pair("catalog", 1)));
  Horizon horizon;
  horizon.as_of = minute(2);
  EXPECT_THAT(counts(log_, horizon), UnorderedElementsAre(Pair("observation", 2), Pair("run", 1), Pair("catalog", 1)));
  horizon.as_of = minute(3);
  horizon.known_entry = 4;
  EXPECT_THAT(counts(log_, horizon), UnorderedElementsAre(Pair("observation", 2), Pair("attestation", 1)));
  horizon = {};
  horizon.simulated = true;
  EXPECT_THAT(counts(log_, horizon), UnorderedElementsAre(Pair("observation", 1), Pair("catalog", 1)));
}

TEST_F(Reading, KnowsTheNewestEntryWithinTheHorizon) {
  Horizon horizon;
  EXPECT_EQ(newest_entry(log_, horizon), 8);
  horizon.as_of = minute(2);
  EXPECT_EQ(newest_entry(log_, horizon), 6);
  horizon.known_entry = 5;
  EXPECT_EQ(newest_entry(log_, horizon), 3);
  horizon = {};
  horizon.simulated = true;
  EXPECT_EQ(newest_entry(log_, horizon), 5);
  Gap gap = full_gap();
  gap.at = minute(0);
  append(log_, {gap, full_run()});
  horizon = {};
  EXPECT_EQ(newest_entry(log_, horizon), 10);
  horizon.as_of = minute(1);
  EXPECT_EQ(newest_entry(log_, horizon), 9);
  horizon.as_of = minute(0) - std::chrono::milliseconds(1);
  EXPECT_EQ(newest_entry(log_, horizon), 0);
}

TEST_F(Reading, GapsAndRunsKeepToTheHorizonInOrderOfTime) {
  Gap late = full_gap(), early = full_gap(), simulated = full_gap();
  late.at = minute(9);
  early.at = minute(8);
  simulated.simulated = true;
  RunRecord second = full_run(), first = full_run(), demo = full_run();
  second.at = minute(9);
  first.at = minute(8);
  demo.simulated = true;
  append(log_, {late, early, simulated, second, first, demo});  // 9 to 14
  const auto gap_numbers = [&](const Horizon& horizon) {
    std::vector<std::int64_t> entries;
    for (const LoggedGap& gap : gaps(log_, horizon)) entries.push_back(gap.entry);
    return entries;
  };
  const auto run_numbers = [&](const Horizon& horizon) {
    std::vector<std::int64_t> entries;
    for (const LoggedRun& run : runs(log_, horizon)) entries.push_back(run.entry);
    return entries;
  };
  Horizon horizon;
  EXPECT_THAT(gap_numbers(horizon), ElementsAre(10, 9));
  EXPECT_THAT(run_numbers(horizon), ElementsAre(13, 12));
  horizon.as_of = minute(8);
  EXPECT_THAT(gap_numbers(horizon), ElementsAre(10));
  EXPECT_THAT(run_numbers(horizon), ElementsAre(13));
  horizon.known_entry = 9;
  EXPECT_THAT(gap_numbers(horizon), IsEmpty());
  EXPECT_THAT(run_numbers(horizon), IsEmpty());
  horizon = {};
  horizon.simulated = true;
  EXPECT_THAT(gap_numbers(horizon), ElementsAre(11));
  EXPECT_THAT(run_numbers(horizon), ElementsAre(14));
}

TEST_F(Reading, KnowsTheNewestFireOfEachCell) {
  const auto fired = [](std::int64_t planned, const std::string& schedule, const std::string& context) {
    probes::Observation observation = seen(planned + 1, Outcome::direct);
    observation.context = context;
    return NewObservation{observation, Fire{schedule, minute(planned), "on_time"}};
  };
  Gap missed = full_gap();
  missed.at = minute(30);
  missed.context = "wechat/moments";
  Gap by_hand = missed;
  by_hand.at = minute(50);
  by_hand.schedule = "";
  append(log_, {fired(20, "daily", "wechat/group"), fired(10, "daily", "wechat/group"),
                fired(10, "daily", "wechat/moments"), missed, by_hand, fired(40, "weekly", "wechat/group")});
  EXPECT_THAT(last_fires(log_, "daily"), UnorderedElementsAre(Pair(Pair("taobao/item", "wechat/group"), minute(20)),
                                                              Pair(Pair("taobao/item", "wechat/moments"), minute(30))));
  EXPECT_THAT(last_fires(log_, "weekly"), UnorderedElementsAre(Pair(Pair("taobao/item", "wechat/group"), minute(40))));
  EXPECT_THAT(last_fires(log_, "never"), IsEmpty());

  Gap simulated = missed;
  simulated.at = minute(60);
  simulated.simulated = true;
  append(log_, simulated);
  EXPECT_THAT(last_fires(log_, "daily", true), ElementsAre(Pair(Pair("taobao/item", "wechat/moments"), minute(60))));
  EXPECT_EQ(last_fires(log_, "daily", false).at({"taobao/item", "wechat/moments"}), minute(30));
  EXPECT_EQ(last_fires(log_, "daily").at({"taobao/item", "wechat/moments"}), minute(60));
  EXPECT_EQ(log_.verify(), std::nullopt);
}

TEST_F(Reading, OfUnlistedUrlsKeepsThemApart) {
  probes::Observation one = seen(7, Outcome::direct), other = seen(8, Outcome::direct);
  one.link = other.link = "";
  one.url = "https://one.example/";
  other.url = "https://other.example/";
  append(log_, {entry(one), entry(other)});
  ObservationFilter filter;
  filter.since = minute(7);
  EXPECT_EQ(observations(log_, {}, filter).at(1).observation.url, "https://other.example/");
  EXPECT_EQ(log_.verify(), std::nullopt);
}

}  // namespace
}  // namespace linkaudit::log
