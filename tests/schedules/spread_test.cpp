#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "schedules/due.h"

namespace linkaudit::schedules {
namespace {

constexpr int cells = 20'000;

std::string cell(int number) {
  return "platform" + std::to_string(number % 40) + "/item wechat/" + std::to_string(number);
}

TEST(Spread, IsZeroWithoutRoom) {
  EXPECT_EQ(spread_of("daily", "taobao/item wechat/group", 0), std::chrono::seconds(0));
  EXPECT_EQ(spread_of("daily", "taobao/item wechat/group", -5), std::chrono::seconds(0));
  EXPECT_EQ(spread_of("daily", "taobao/item wechat/group", 1), std::chrono::seconds(0));
}

TEST(Spread, StaysBelowItsBound) {
  for (const int bound : {2, 7, 600, 86'400, 2'147'483'647}) {
    for (int number = 0; number < 2000; ++number) {
      const auto offset = spread_of("daily", cell(number), bound);
      EXPECT_GE(offset.count(), 0);
      EXPECT_LT(offset.count(), bound);
    }
  }
}

// These numbers are promises: a changed one would move every cell of every schedule. They were worked out elsewhere
// from the two algorithms' definitions.
TEST(Spread, IsTheSameOnEveryMachine) {
  EXPECT_EQ(spread_of("daily", "taobao/item wechat/group", 600).count(), 54);
  EXPECT_EQ(spread_of("daily", "taobao/item wechat/moments", 600).count(), 479);
  EXPECT_EQ(spread_of("hourly", "taobao/item wechat/group", 600).count(), 554);
  EXPECT_EQ(spread_of("", "", 86'400).count(), 75808);
}

TEST(Spread, TellsScheduleAndKeyApart) {
  EXPECT_NE(spread_of("a", "bc", 1'000'000), spread_of("ab", "c", 1'000'000));
  EXPECT_NE(spread_of("a", "b", 1'000'000), spread_of("b", "a", 1'000'000));
}

// Chi-square over 60 tenths of ten minutes: with 59 degrees of freedom 1 in 10,000 exceeds 105; the keys are fixed,
// so that the test never wavers.
TEST(Spread, FillsItsRoomEvenly) {
  std::vector<int> bins(60);
  for (int number = 0; number < cells; ++number) {
    ++bins[static_cast<std::size_t>(spread_of("daily", cell(number), 600).count() / 10)];
  }
  constexpr double expected = cells / 60.0;
  double chi_square = 0;
  for (const int count : bins) chi_square += (count - expected) * (count - expected) / expected;
  EXPECT_LT(chi_square, 105);
}

TEST(Spread, NeighbouringKeysLieApart) {
  int near = 0;
  for (int number = 0; number < cells; ++number) {
    const auto difference = spread_of("daily", cell(number), 86'400) - spread_of("daily", cell(number + 1), 86'400);
    near += std::abs(difference.count()) < 60 ? 1 : 0;
  }
  EXPECT_LT(near, cells / 300);  // chance gives 1 in 720
}

}  // namespace
}  // namespace linkaudit::schedules
