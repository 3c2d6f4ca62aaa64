#include "reports/workbook/bands.h"

#include <gtest/gtest.h>

#include "tests/reports/samples.h"

using namespace linkaudit::reports;
using workbook::Axis;
using workbook::axis_of;
using workbook::Bar;
using workbook::bar_of;
using workbook::serial_of;

namespace {

const Zone shanghai("Asia/Shanghai");

Instant ago(int days) {
  return samples::desk_test() - std::chrono::hours(24 * days);
}

TEST(Bands, SerialIsThatOfSpreadsheets) {
  EXPECT_NEAR(serial_of(shanghai, Instant(std::chrono::milliseconds(946684800000))), 36526 + 8.0 / 24, 1e-9);  // 2000
  EXPECT_NEAR(serial_of(shanghai, samples::desk_test()), 44589 - 1.0 / 86400, 1e-9);  // a second before 2022-01-28
}

TEST(Bands, AxisHasFewTicksWhateverItsLength) {
  for (const int days : {0, 1, 9, 30, 200, 230, 400, 1000, 3000, 20000}) {
    const Axis axis = axis_of(shanghai, ago(days), samples::desk_test());
    EXPECT_LE(axis.min, serial_of(shanghai, ago(days))) << days;
    EXPECT_GE(axis.max, serial_of(shanghai, samples::desk_test())) << days;
    EXPECT_LE((axis.max - axis.min) / axis.unit, 12) << days;
    EXPECT_GT(axis.unit, 0) << days;
  }
}

// Each tick is labelled with its own month, never with the one before.
TEST(Bands, TicksFallIntoTheMonthsTheyAreFor) {
  for (int month = 0; month < 48; ++month) {
    const Axis axis = axis_of(shanghai, ago(500 + 30 * month), ago(30 * month));
    std::vector<int> months;
    for (double tick = axis.min; tick <= axis.max; tick += axis.unit) {
      const auto day =
          std::chrono::floor<std::chrono::days>(Instant{}) + std::chrono::days(static_cast<int>(tick) - 25569);
      const std::chrono::year_month_day date{day};
      months.push_back(static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1);
    }
    for (const int one : months) EXPECT_EQ(one % 3, 0) << month;
  }
}

TEST(Bands, BandsAreInOrderAndDoNotLieOverOneAnother) {
  const Badge badge{"direct", "direct", "✓", Tone::good};
  const TimelineRow row{
      "row", "", {{ago(10), ago(2), badge, "", 2}, {ago(40), ago(8), badge, "", 1}, {ago(1), ago(1), badge, "", 3}}};
  const Axis axis = axis_of(shanghai, ago(50), ago(0));
  const Bar bar = bar_of(row, {{ago(20), "mark"}}, axis, shanghai, 100);
  ASSERT_EQ(bar.segments.size(), 5U);  // the mark cuts the first band in two
  EXPECT_EQ(bar.segments[0].band->entry, 1);
  EXPECT_EQ(bar.segments[1].band, nullptr);
  EXPECT_EQ(bar.segments[2].band->entry, 1);
  EXPECT_EQ(bar.segments[3].band->entry, 2);
  for (std::size_t i = 0; i < bar.segments.size(); ++i) {
    EXPECT_LT(bar.segments[i].begin, bar.segments[i].end);
    EXPECT_LE(i == 0 ? axis.min : bar.segments[i - 1].end, bar.segments[i].begin);
  }
}

TEST(Bands, TooManyLeaveOutTheEarliestAndSayHowMany) {
  TimelineRow row{"row", "", {}};
  for (int i = 0; i < 300; ++i) row.bands.push_back({ago(600 - 2 * i), ago(599 - 2 * i), {}, "", i + 1});
  const Bar bar = bar_of(row, {{ago(1), "mark"}}, axis_of(shanghai, ago(600), ago(0)), shanghai, 127);
  EXPECT_LE(bar.segments.size(), 127U);
  EXPECT_EQ(bar.left_out, 300 - 125);
  EXPECT_EQ(bar.segments.front().band->entry, 300 - 125 + 1);
}

}  // namespace
