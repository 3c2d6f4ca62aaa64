#include "audit/law/calendar.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace linkaudit::law {
namespace {

std::string utc(Instant instant) {
  return format_instant(instant, "UTC");
}

struct DayStart {
  Date date;
  const char* zone;
  const char* begins;  // in UTC
};

class StartOfDay : public testing::TestWithParam<DayStart> {};

TEST_P(StartOfDay, IsTheFirstInstantOfTheDate) {
  EXPECT_EQ(utc(start_of_day(GetParam().date, GetParam().zone)), GetParam().begins);
}

INSTANTIATE_TEST_SUITE_P(Calendar, StartOfDay,
                         testing::Values(DayStart{{2021, 9, 17}, "Asia/Shanghai", "2021-09-16T16:00:00Z"},
                                         DayStart{{2021, 9, 17}, "UTC", "2021-09-17T00:00:00Z"},
                                         DayStart{{2024, 2, 29}, "Asia/Shanghai", "2024-02-28T16:00:00Z"},
                                         // Clocks jumped from 00:00 to 01:00: the day began at 01:00, an hour early.
                                         DayStart{{2018, 11, 4}, "America/Sao_Paulo", "2018-11-04T03:00:00Z"},
                                         DayStart{{2022, 3, 22}, "Asia/Tehran", "2022-03-21T20:30:00Z"},
                                         // Clocks went from 01:00 back to 00:00: midnight came twice, the first counts.
                                         DayStart{{2021, 11, 7}, "America/Havana", "2021-11-07T04:00:00Z"},
                                         // Samoa had no 30 December 2011; it begins where the 31st does.
                                         DayStart{{2011, 12, 30}, "Pacific/Apia", "2011-12-30T10:00:00Z"},
                                         DayStart{{2050, 7, 1}, "Europe/Berlin", "2050-06-30T22:00:00Z"}));

TEST(Calendar, UnknownZoneThrows) {
  EXPECT_THROW(start_of_day({2021, 9, 17}, "Asia/Peking2"), std::invalid_argument);
  EXPECT_THROW(date_at(Instant{}, ""), std::invalid_argument);
}

TEST(Calendar, OnlyIanaNamesAreZones) {
  EXPECT_TRUE(zone_exists("Asia/Shanghai"));
  EXPECT_TRUE(zone_exists("UTC"));
  EXPECT_FALSE(zone_exists(""));
  EXPECT_FALSE(zone_exists("localtime"));
  EXPECT_FALSE(zone_exists("/etc/localtime"));
  EXPECT_FALSE(zone_exists("../../etc/localtime"));
  EXPECT_FALSE(zone_exists("Asia"));
  EXPECT_FALSE(zone_exists("CST8"));
  EXPECT_FALSE(zone_exists("right/Asia/Shanghai"));
  EXPECT_FALSE(zone_exists("Fixed/UTC+08:00:00"));
}

TEST(Calendar, DatesMustExist) {
  EXPECT_EQ(parse_date("2024-02-29"), (Date{2024, 2, 29}));
  for (const char* text : {"2023-02-29", "2021-13-01", "2021-00-10", "2021-09-31", "0000-01-01", "2021-9-17",
                           "20210917", "2021-09-17 ", "", "二〇二一"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
  EXPECT_EQ(format_date({21, 9, 7}), "0021-09-07");
}

TEST(Calendar, DayOfAnInstantDependsOnTheZone) {
  const Instant instant = *parse_instant("2021-09-16T16:00:00Z");
  EXPECT_EQ(date_at(instant, "Asia/Shanghai"), (Date{2021, 9, 17}));
  EXPECT_EQ(date_at(instant, "UTC"), (Date{2021, 9, 16}));
}

TEST(Calendar, DaysAreCountedOverLeapDays) {
  EXPECT_EQ(days_between({2021, 9, 17}, {2022, 1, 27}), 132);
  EXPECT_EQ(days_between({2024, 2, 28}, {2024, 3, 1}), 2);
  EXPECT_EQ(days_between({2023, 2, 28}, {2023, 3, 1}), 1);
  EXPECT_EQ(days_between({2024, 3, 1}, {2024, 2, 28}), -2);
}

TEST(Calendar, InstantsNeedAnOffset) {
  EXPECT_EQ(utc(*parse_instant("2022-01-27T12:00:00+08:00")), "2022-01-27T04:00:00Z");
  EXPECT_EQ(utc(*parse_instant("2022-01-27t12:00:00.25z")), "2022-01-27T12:00:00.25Z");
  EXPECT_EQ(utc(*parse_instant("2022-01-27T12:00:00.0009-03:30")), "2022-01-27T15:30:00Z");
  for (const char* text :
       {"2022-01-27T12:00:00", "2022-01-27", "2022-01-27 12:00:00Z", "2022-01-27T12:00Z", "2022-01-27T12:00:00+0800",
        "2022-01-27T12:00:00+08:60", "2022-01-27T12:00:00+24:00", "2022-02-30T12:00:00Z", "2022-01-27T25:00:00Z",
        "2022-01-27T12:00:00.Z", "infinite-future", " 2022-01-27T12:00:00Z", "2022-01-27T12:00:00Z ", ""}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(Calendar, DateAloneMeansItsLastMillisecond) {
  EXPECT_EQ(utc(*parse_instant_or_date("2022-01-27", "Asia/Shanghai")), "2022-01-27T15:59:59.999Z");
  EXPECT_EQ(utc(*parse_instant_or_date("2022-01-27T00:00:00Z", "Asia/Shanghai")), "2022-01-27T00:00:00Z");
  // The next day begins late, so this one is 24 hours all the same.
  EXPECT_EQ(utc(*parse_instant_or_date("2018-11-03", "America/Sao_Paulo")), "2018-11-04T02:59:59.999Z");
  EXPECT_FALSE(parse_instant_or_date("yesterday", "UTC"));
}

TEST(Calendar, InstantsAreWrittenInTheZone) {
  const Instant instant = *parse_instant("2022-01-27T04:00:00.5Z");
  EXPECT_EQ(format_instant(instant, "Asia/Shanghai"), "2022-01-27T12:00:00.5+08:00");
  EXPECT_EQ(format_instant(*parse_instant("2022-01-27T04:00:00Z"), "Asia/Shanghai"), "2022-01-27T12:00:00+08:00");
  EXPECT_EQ(format_instant(*parse_instant("1890-01-01T00:00:00Z"), "Asia/Shanghai"), "1890-01-01T00:00:00Z");
}

}  // namespace
}  // namespace linkaudit::law
