#include "reports/zone.h"

#include <gtest/gtest.h>

#include "tests/reports/samples.h"

using namespace linkaudit::reports;
using std::chrono::milliseconds;

namespace {

TEST(Zone, ShowsInstantsInItsTime) {
  const Zone shanghai("Asia/Shanghai");
  EXPECT_EQ(shanghai.shown(samples::desk_test()), "2022-01-27 23:59:59");
  EXPECT_EQ(shanghai.rfc3339(samples::desk_test()), "2022-01-27T23:59:59+08:00");
  EXPECT_EQ(shanghai.rfc3339(samples::desk_test() + milliseconds(5)), "2022-01-27T23:59:59.005+08:00");
  EXPECT_EQ(shanghai.label(samples::desk_test()), "Asia/Shanghai (UTC+08:00)");
  EXPECT_EQ(Zone("UTC").rfc3339(samples::desk_test()), "2022-01-27T15:59:59+00:00");
}

TEST(Zone, RepeatedHourHasTwoOffsets) {
  const Zone berlin("Europe/Berlin");
  const Instant first{std::chrono::seconds(1635640200)};  // 2021-10-31T00:30:00Z
  EXPECT_EQ(berlin.rfc3339(first), "2021-10-31T02:30:00+02:00");
  EXPECT_EQ(berlin.rfc3339(first + std::chrono::hours(1)), "2021-10-31T02:30:00+01:00");
}

TEST(Zone, BeforeTheEpochMillisecondsCountForward) {
  EXPECT_EQ(Zone("UTC").rfc3339(Instant(milliseconds(-1))), "1969-12-31T23:59:59.999+00:00");
}

TEST(Zone, UnknownNameIsSaid) {
  try {
    Zone("Asia/Atlantis");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "unknown time zone \"Asia/Atlantis\": give an IANA name such as Asia/Shanghai");
  }
}

}  // namespace
