#include <gtest/gtest.h>

#include "tests/schedules/times.h"

namespace linkaudit::schedules {
namespace {

TEST(Zone, IanaNamesAreLoaded) {
  for (const char* name :
       {"UTC", "Asia/Shanghai", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "Australia/Lord_Howe"}) {
    const auto zone = Zone::load(name);
    ASSERT_TRUE(zone) << name;
    EXPECT_EQ(zone->name(), name);
  }
}

TEST(Zone, WhatIsNoIanaNameIsRefused) {
  for (const std::string& name : {std::string(),
                                  std::string("Asia"),
                                  std::string("Asia/"),
                                  std::string("/Asia/Shanghai"),
                                  std::string("Asia//Shanghai"),
                                  std::string("Mars/Olympus"),
                                  std::string("asia shanghai"),
                                  std::string("../etc/localtime"),
                                  std::string("/etc/localtime"),
                                  std::string(":UTC"),
                                  std::string("Fixed/UTC+08:00:00"),
                                  std::string("CST8"),
                                  std::string("localtime"),
                                  std::string("posixrules"),
                                  std::string("right/Asia/Shanghai"),
                                  std::string("posix/Asia/Shanghai"),
                                  std::string("zone.tab"),
                                  std::string("leapseconds"),
                                  std::string("tzdata.zi"),
                                  std::string("UTC\0x", 5),
                                  std::string(5000, 'a')}) {
    EXPECT_FALSE(Zone::load(name)) << name;
  }
}

TEST(Zone, CopiesAnswerAsTheFirstDoes) {
  const Zone copy = Zone(test::zone("Asia/Shanghai"));
  EXPECT_EQ(test::shown(next_after(test::cron("0 3 * * *"), copy, test::at("2021-09-17T00:00:00Z"))),
            "2021-09-17T19:00:00Z");
}

}  // namespace
}  // namespace linkaudit::schedules
