// Fire times against a walk over every minute, around every kind of change of the clocks.

#include "tests/schedules/naive.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/schedules/times.h"

namespace linkaudit::schedules {
namespace {

using test::at;
using test::cron;
using test::shown;
using test::zone;

struct Stretch {
  const char* name;
  const char* zone;
  const char* change;  // in the middle of the six days walked
};

const Stretch stretches[] = {
    {"Shanghai2021", "Asia/Shanghai", "2021-09-17T00:00:00Z"},
    {"Shanghai1986Spring", "Asia/Shanghai", "1986-05-03T18:00:00Z"},
    {"Shanghai1986Autumn", "Asia/Shanghai", "1986-09-13T17:00:00Z"},
    {"Shanghai1940", "Asia/Shanghai", "1940-05-31T16:00:00Z"},
    {"Shanghai1991", "Asia/Shanghai", "1991-09-14T17:00:00Z"},
    {"HongKong1941", "Asia/Hong_Kong", "1941-12-25T16:00:00Z"},
    {"NewYorkSpring", "America/New_York", "2024-03-10T07:00:00Z"},
    {"NewYorkAutumn", "America/New_York", "2024-11-03T06:00:00Z"},
    {"NewYorkAfter2037", "America/New_York", "2087-03-09T07:00:00Z"},
    {"LondonSpring", "Europe/London", "2024-03-31T01:00:00Z"},
    {"LondonAutumnAfter2037", "Europe/London", "2044-10-30T01:00:00Z"},
    {"LordHoweSpring", "Australia/Lord_Howe", "2024-10-05T15:30:00Z"},
    {"LordHoweAutumn", "Australia/Lord_Howe", "2024-04-06T15:00:00Z"},
    {"TrollSpring", "Antarctica/Troll", "2024-03-31T01:00:00Z"},
    {"TrollAutumn", "Antarctica/Troll", "2024-10-27T01:00:00Z"},
    {"ApiaLosesADay", "Pacific/Apia", "2011-12-30T10:00:00Z"},
    {"KwajaleinLosesADay", "Pacific/Kwajalein", "1993-08-21T12:00:00Z"},
    {"KwajaleinLivesNearlyADayTwice", "Pacific/Kwajalein", "1969-09-30T13:00:00Z"},
    {"SaoPauloAtMidnight", "America/Sao_Paulo", "2018-11-04T03:00:00Z"},
    {"HavanaAtMidnight", "America/Havana", "2021-11-07T05:00:00Z"},
    {"PyongyangHalfAnHourBack", "Asia/Pyongyang", "2015-08-14T15:00:00Z"},
    {"CaracasHalfAnHourOn", "America/Caracas", "2016-05-01T07:00:00Z"},
    {"KathmanduAQuarterOn", "Asia/Kathmandu", "1985-12-31T18:30:00Z"},
    {"CaseyThreeHours", "Antarctica/Casey", "2009-10-17T18:00:00Z"},
    {"CasablancaTwiceInAMonth", "Africa/Casablanca", "2024-03-10T02:00:00Z"},
    {"DublinNegativeSaving", "Europe/Dublin", "2024-10-27T01:00:00Z"},
    {"TehranAtMidnight", "Asia/Tehran", "2022-03-21T20:30:00Z"},
    {"MoscowForGood", "Europe/Moscow", "2014-10-25T22:00:00Z"},
};

class Expressions {
 public:
  explicit Expressions(unsigned seed) : random_(seed) {}

  std::string next() {
    return field(0, 59, true) + ' ' + field(0, 23, true) + ' ' + mostly_any(1, 31) + ' ' + mostly_any(1, 12) + ' ' +
           mostly_any(0, 7);
  }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  int between(int low, int high) { return low + below(high - low + 1); }

  std::string range(int low, int high) {
    const int first = between(low, high);
    return std::to_string(first) + '-' + std::to_string(between(first, high));
  }
  std::string element(int low, int high) {
    switch (below(4)) {
      case 0: return range(low, high);
      case 1: return range(low, high) + '/' + std::to_string(between(1, 20));
      default: return std::to_string(between(low, high));
    }
  }
  std::string field(int low, int high, bool star_allowed) {
    if (star_allowed && below(5) == 0) return below(2) == 0 ? "*" : "*/" + std::to_string(between(1, 30));
    std::string text = element(low, high);
    while (below(3) == 0) text += ',' + element(low, high);
    return text;
  }
  std::string mostly_any(int low, int high) { return below(4) == 0 ? field(low, high, true) : "*"; }

  std::mt19937 random_;
};

class Around : public testing::TestWithParam<Stretch> {
 protected:
  static constexpr std::chrono::hours days_{72};
  const Instant change_ = at(GetParam().change);
  const Instant from_ = change_ - days_, until_ = change_ + days_;
  const Zone zone_ = zone(GetParam().zone);
  const test::Walk walk_{GetParam().zone, from_, until_};

  // The fires that a chain of next_after or previous_before gives in the stretch.
  std::vector<Instant> forwards(const Cron& cron) const {
    return fires_between(cron, zone_, from_ - std::chrono::milliseconds(1), until_);
  }
  std::vector<Instant> backwards(const Cron& cron) const {
    std::vector<Instant> fires;
    auto fire = previous_before(cron, zone_, until_ + std::chrono::milliseconds(1));
    for (; fire && *fire >= from_; fire = previous_before(cron, zone_, *fire)) fires.push_back(*fire);
    return {fires.rbegin(), fires.rend()};
  }
};

// Those that bite at a change, beside what chance gives.
constexpr const char* chosen[] = {"* * * * *",      "30 * * * *",   "*/30 2 * * *", "30 2 * * *",
                                  "0,30 0-4 * * *", "59 23 * * *",  "0 0 * * *",    "0 0-23 * * *",
                                  "15 1,2,3 * * *", "45 */3 * * *", "0 12 * * sun", "0 9 30,31 * fri"};

constexpr int drawn = 720;  // expressions in each stretch
static_assert(drawn * std::size(stretches) >= 20'000);

TEST_P(Around, FiresAreThoseOfTheWalkForwardsAndBackwards) {
  // Each stretch draws its own: all together are the 20,000.
  unsigned seed = 20210917;
  for (const char character : std::string(GetParam().name)) seed = seed * 31 + static_cast<unsigned char>(character);
  Expressions expressions(seed);
  std::vector<std::string> all(std::begin(chosen), std::end(chosen));
  for (int index = 0; index < drawn; ++index) all.push_back(expressions.next());
  std::size_t fired = 0;
  for (const std::string& expression : all) {
    const Cron parsed = cron(expression);
    const std::vector<Instant> expected = walk_.fires(expression);
    fired += expected.size();
    const std::vector<Instant> later = forwards(parsed), earlier = backwards(parsed);
    if (later == expected && earlier == expected) continue;
    EXPECT_EQ(shown(later), shown(expected)) << expression;
    EXPECT_EQ(shown(earlier), shown(expected)) << expression;
  }
  EXPECT_GT(fired, 1000u);
}

// next_after and previous_before are each other's inverse at fires, and agree at any instant between them.
TEST_P(Around, NextAndPreviousEncloseEveryInstant) {
  Expressions expressions(19860504);
  std::mt19937 random(7);
  const auto length = static_cast<unsigned>((until_ - from_).count());
  for (int index = 0; index < 40; ++index) {
    const std::string expression = expressions.next();
    const Cron parsed = cron(expression);
    const std::vector<Instant> fires = walk_.fires(expression);
    if (fires.size() < 2) continue;
    for (int draw = 0; draw < 20; ++draw) {
      const Instant instant = from_ + std::chrono::milliseconds(random() % length);
      const auto later = std::upper_bound(fires.begin(), fires.end(), instant);
      const auto not_earlier = std::lower_bound(fires.begin(), fires.end(), instant);
      if (later == fires.end() || not_earlier == fires.begin()) continue;
      EXPECT_EQ(shown(next_after(parsed, zone_, instant)), shown(*later)) << expression << " " << shown(instant);
      EXPECT_EQ(shown(previous_before(parsed, zone_, instant)), shown(*std::prev(not_earlier)))
          << expression << " " << shown(instant);
      EXPECT_EQ(previous_before(parsed, zone_, *later + std::chrono::milliseconds(1)), *later) << expression;
      EXPECT_EQ(next_after(parsed, zone_, *later - std::chrono::milliseconds(1)), *later) << expression;
    }
  }
}

TEST_P(Around, StretchIsWorthWalking) {
  EXPECT_EQ(walk_.clock_was_changed(), GetParam().name != std::string("Shanghai2021"));
}

INSTANTIATE_TEST_SUITE_P(Clocks, Around, testing::ValuesIn(stretches),
                         [](const testing::TestParamInfo<Stretch>& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace linkaudit::schedules
