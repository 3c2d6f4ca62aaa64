// Days are those of the obligation's zone, whatever its clocks do.
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;

const Outcome kNo = Outcome::blocked;

struct Zoned {
  const char* what;
  Date effective;
  const char* zone;
  const char* seen;
  const char* as_of;
  std::optional<int> days;  // nothing: not due
};

const Zoned kZoned[] = {
    {"the same instant is another day elsewhere",
     {2021, 9, 17},
     "UTC",
     "2021-09-17T12:00:00Z",
     "2021-09-19T23:59:59.999Z",
     2},
    {"east of it", {2021, 9, 17}, "Asia/Shanghai", "2021-09-17T12:00:00Z", "2021-09-19T23:59:59.999Z", 3},
    {"west of it", {2021, 9, 17}, "America/New_York", "2021-09-17T12:00:00Z", "2021-09-19T03:59:59.999Z", 1},
    {"and a millisecond later", {2021, 9, 17}, "America/New_York", "2021-09-17T12:00:00Z", "2021-09-19T04:00:00Z", 2},
    {"a day of 25 hours is one day",
     {2021, 11, 6},
     "America/New_York",
     "2021-11-06T12:00:00Z",
     "2021-11-08T04:59:59.999Z",
     1},
    {"and a millisecond later", {2021, 11, 6}, "America/New_York", "2021-11-06T12:00:00Z", "2021-11-08T05:00:00Z", 2},
    {"a day of 23 hours is one day",
     {2022, 3, 26},
     "Europe/Berlin",
     "2022-03-26T12:00:00Z",
     "2022-03-27T21:59:59.999Z",
     1},
    {"and a millisecond later", {2022, 3, 26}, "Europe/Berlin", "2022-03-26T12:00:00Z", "2022-03-27T22:00:00Z", 2},
    {"due where midnight is skipped: a millisecond before",
     {2018, 11, 4},
     "America/Sao_Paulo",
     "2018-11-03T12:00:00Z",
     "2018-11-04T02:59:59.999Z",
     std::nullopt},
    {"due where midnight is skipped: at one o'clock",
     {2018, 11, 4},
     "America/Sao_Paulo",
     "2018-11-03T12:00:00Z",
     "2018-11-04T03:00:00Z",
     0},
    {"due at the first of two midnights",
     {2021, 11, 7},
     "America/Havana",
     "2021-11-06T12:00:00Z",
     "2021-11-07T04:00:00Z",
     0},
    {"over a leap day", {2024, 2, 28}, "Asia/Shanghai", "2024-02-28T12:00:00Z", "2024-03-01T12:00:00Z", 2},
};

TEST(Days, AreThoseOfTheObligationsZone) {
  for (const Zoned& row : kZoned) {
    Obligation obligation = unblock();
    obligation.effective = row.effective;
    obligation.zone = row.zone;
    const Finding finding =
        pick(judge(policy_of(obligation), std::vector{person(row.seen, kNo)}, at(row.as_of)), "taobao", "wechat/group");
    EXPECT_EQ(finding.status, row.days ? Status::breached : Status::not_due) << row.what;
    EXPECT_EQ(finding.days_overdue, row.days) << row.what;
  }
}

TEST(Days, UnknownZoneThrows) {
  Obligation obligation = unblock();
  obligation.zone = "Asia/Peking2";
  EXPECT_THROW(judge(policy_of(obligation), {}, at("2021-10-01")), std::invalid_argument);
}

}  // namespace
}  // namespace linkaudit::law
