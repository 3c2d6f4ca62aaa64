#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/log/case_file.h"
#include "tests/log/random_histories.h"
#include "tests/log/samples.h"

namespace linkaudit::log {

namespace {

using probes::Outcome;
using testing::ElementsAre;
using testing::SizeIs;

// A span in short: minutes of first and last, outcome, count.
struct Short {
  std::int64_t first, last;
  Outcome outcome;
  std::int64_t count;

  bool operator==(const Short&) const = default;
};

void PrintTo(const Short& span, std::ostream* out) {
  *out << '[' << span.first << ", " << span.last << "] " << name(span.outcome) << " x" << span.count;
}

std::vector<Short> in_short(const std::vector<SpanRow>& rows) {
  std::vector<Short> spans;
  const auto minutes = [](Instant instant) {
    return std::chrono::duration_cast<std::chrono::minutes>(instant - minute(0)).count();
  };
  for (const SpanRow& row : rows) spans.push_back({minutes(row.first), minutes(row.last), row.outcome, row.count});
  return spans;
}

class Spans : public testing::Test {
 protected:
  void look(std::int64_t minute_number, Outcome outcome) { append(log_, entry(minute_number, outcome)); }
  std::vector<Short> all(const Horizon& horizon = {}) const { return in_short(spans(log_, horizon)); }
  void TearDown() override { EXPECT_EQ(log_.verify(), std::nullopt); }

  CaseFile file_;
  Log log_ = file_.open();
};

TEST_F(Spans, OfAnEmptyLogAreNone) {
  EXPECT_THAT(all(), SizeIs(0));
}

TEST_F(Spans, ExtendWhileTheStateStays) {
  for (const int at_minute : {1, 2, 3}) look(at_minute, Outcome::direct);
  EXPECT_THAT(all(), ElementsAre(Short{1, 3, Outcome::direct, 3}));
  const SpanRow row = spans(log_, {}).at(0);
  EXPECT_EQ(row.first_entry, 1);
  EXPECT_EQ(row.last_entry, 3);
  EXPECT_EQ(row.source, "|http|local");
}

TEST_F(Spans, BeginAnewWhenTheStateChanges) {
  look(1, Outcome::direct);
  look(2, Outcome::blocked);
  look(3, Outcome::direct);
  EXPECT_THAT(all(), ElementsAre(Short{1, 1, Outcome::direct, 1}, Short{2, 2, Outcome::blocked, 1},
                                 Short{3, 3, Outcome::direct, 1}));
}

TEST_F(Spans, AreSplitByALateEntryOfAnotherState) {
  for (const int at_minute : {1, 3, 5, 7}) look(at_minute, Outcome::direct);
  look(4, Outcome::blocked);
  EXPECT_THAT(all(), ElementsAre(Short{1, 3, Outcome::direct, 2}, Short{4, 4, Outcome::blocked, 1},
                                 Short{5, 7, Outcome::direct, 2}));
}

TEST_F(Spans, GrowByALateEntryOfTheirState) {
  for (const int at_minute : {2, 6}) look(at_minute, Outcome::direct);
  look(4, Outcome::direct);
  look(1, Outcome::direct);
  EXPECT_THAT(all(), ElementsAre(Short{1, 6, Outcome::direct, 4}));
  EXPECT_EQ(spans(log_, {}).at(0).first_entry, 4);
}

TEST_F(Spans, BetweenTwoOthersJoinTheOneThatFollows) {
  look(1, Outcome::direct);
  look(5, Outcome::blocked);
  look(3, Outcome::blocked);
  EXPECT_THAT(all(), ElementsAre(Short{1, 1, Outcome::direct, 1}, Short{3, 5, Outcome::blocked, 2}));
}

TEST_F(Spans, OfOneInstantStandInTheOrderOfEntries) {
  look(1, Outcome::direct);
  look(1, Outcome::blocked);
  look(1, Outcome::direct);
  EXPECT_THAT(all(), ElementsAre(Short{1, 1, Outcome::direct, 1}, Short{1, 1, Outcome::blocked, 1},
                                 Short{1, 1, Outcome::direct, 1}));
}

TEST_F(Spans, AreCutAtTheHorizon) {
  for (const int at_minute : {1, 2, 3, 4}) look(at_minute, Outcome::direct);
  look(5, Outcome::blocked);
  Horizon horizon;
  horizon.as_of = minute(3);  // inclusive
  EXPECT_THAT(all(horizon), ElementsAre(Short{1, 3, Outcome::direct, 3}));
  EXPECT_EQ(spans(log_, horizon).at(0).last_entry, 3);
  horizon.as_of = minute(3) - std::chrono::milliseconds(1);
  EXPECT_THAT(all(horizon), ElementsAre(Short{1, 2, Outcome::direct, 2}));
  horizon.as_of = minute(1) - std::chrono::milliseconds(1);
  EXPECT_THAT(all(horizon), SizeIs(0));
}

TEST_F(Spans, ForgetWhatTheLogDidNotKnow) {
  look(1, Outcome::direct);
  look(3, Outcome::direct);
  look(2, Outcome::blocked);  // a late import
  Horizon horizon;
  horizon.known_entry = 2;
  EXPECT_THAT(all(horizon), ElementsAre(Short{1, 3, Outcome::direct, 2}));
  horizon.known_entry = 3;
  EXPECT_THAT(all(horizon), ElementsAre(Short{1, 1, Outcome::direct, 1}, Short{2, 2, Outcome::blocked, 1},
                                        Short{3, 3, Outcome::direct, 1}));
  horizon.known_entry = 0;
  EXPECT_THAT(all(horizon), SizeIs(0));
}

TEST_F(Spans, CarryTheValidityOfTheirLastWord) {
  for (const int days : {10, 20, 30}) {
    probes::Observation word = full_attestation();
    word.at = minute(days);
    word.valid_days = days;
    append(log_, entry(word));
  }
  Horizon horizon;
  EXPECT_EQ(spans(log_, horizon).at(0).valid_days, 30);
  horizon.as_of = minute(25);
  EXPECT_EQ(spans(log_, horizon).at(0).valid_days, 20);
  horizon.as_of = Instant::max();
  horizon.known_entry = 1;
  EXPECT_EQ(spans(log_, horizon).at(0).valid_days, 10);
}

TEST_F(Spans, OfSimulatedAndRealEntriesNeverMix) {
  probes::Observation simulated = seen(2, Outcome::blocked);
  simulated.simulated = true;
  append(log_, {entry(1, Outcome::direct), entry(simulated), entry(3, Outcome::direct)});
  Horizon horizon;
  EXPECT_THAT(all(horizon), ElementsAre(Short{1, 3, Outcome::direct, 2}));
  horizon.simulated = true;
  EXPECT_THAT(all(horizon), ElementsAre(Short{2, 2, Outcome::blocked, 1}));
}

TEST_F(Spans, OfOneCellAreThoseOfAllWithItsLinkAndContext) {
  probes::Observation other = seen(1, Outcome::blocked);
  other.context = "wechat/moments";
  probes::Observation unlisted = seen(1, Outcome::challenge);
  unlisted.link = "";
  append(log_, {entry(1, Outcome::direct), entry(other), entry(unlisted)});
  EXPECT_THAT(in_short(spans_of(log_, {}, "taobao/item", "wechat/moments")),
              ElementsAre(Short{1, 1, Outcome::blocked, 1}));
  EXPECT_THAT(spans_of(log_, {}, "taobao/item", "qq/group"), SizeIs(0));
  EXPECT_THAT(spans(log_, {}), SizeIs(2));  // a URL that no catalog lists is judged by nobody
}

TEST_F(Spans, NewestAreThoseBeforeTheHorizonOfTheCellsWanted) {
  for (const int at_minute : {1, 2, 3, 4}) look(at_minute, at_minute % 2 == 0 ? Outcome::direct : Outcome::blocked);
  probes::Observation elsewhere = seen(1, Outcome::challenge);
  elsewhere.context = "wechat/moments";
  append(log_, entry(elsewhere));
  const auto newest = [&](const Horizon& horizon, std::int64_t most) {
    std::vector<SpanRow> rows;
    SpansBackwards(log_, horizon)
        .next(
            most, [](const SpanRow& cell) { return cell.context == "wechat/group"; },
            [&](const SpanRow& row) { rows.push_back(row); });
    return rows;
  };
  const std::vector<SpanRow> two = newest({}, 2);
  EXPECT_THAT(in_short(two), ElementsAre(Short{4, 4, Outcome::direct, 1}, Short{3, 3, Outcome::blocked, 1}));
  EXPECT_FALSE(two[0].earlier);
  EXPECT_TRUE(two[1].earlier);
  Horizon horizon;
  horizon.as_of = minute(2);
  const std::vector<SpanRow> all_there_is = newest(horizon, 2);
  EXPECT_THAT(in_short(all_there_is), ElementsAre(Short{2, 2, Outcome::direct, 1}, Short{1, 1, Outcome::blocked, 1}));
  EXPECT_FALSE(all_there_is[1].earlier);
  horizon.known_entry = 1;
  EXPECT_THAT(in_short(newest(horizon, 2)), ElementsAre(Short{1, 1, Outcome::blocked, 1}));
}

TEST_F(Spans, BackwardsGoOnWhereTheyLeftOff) {
  for (const int at_minute : {1, 2, 3, 4}) look(at_minute, at_minute % 2 == 0 ? Outcome::direct : Outcome::blocked);
  Horizon horizon;
  horizon.as_of = minute(3);
  SpansBackwards backwards(log_, horizon);
  const auto next = [&](std::int64_t most) {
    std::vector<SpanRow> rows;
    backwards.next(
        most, [](const SpanRow&) { return true; }, [&](const SpanRow& row) { rows.push_back(row); });
    return rows;
  };
  EXPECT_THAT(in_short(next(1)), ElementsAre(Short{3, 3, Outcome::blocked, 1}));
  EXPECT_THAT(in_short(next(5)), ElementsAre(Short{2, 2, Outcome::direct, 1}, Short{1, 1, Outcome::blocked, 1}));
  EXPECT_THAT(next(5), SizeIs(0));
}

TEST(SpansInAnyOrder, AreAsIfAllHadComeInOrder) {
  expect_spans_as_defined(25, 20'220'127);
}

}  // namespace
}  // namespace linkaudit::log
