#include "audit/run/notify.h"

#include <gtest/gtest.h>

namespace linkaudit::run {
namespace {

TEST(Notify, CommandReadsTheJsonOnItsStandardInput) {
  EXPECT_EQ(notify("grep -q '\"news\":1'", "{\"news\":1}\n"), 0);
  EXPECT_EQ(notify("grep -q other", "{\"news\":1}\n"), 1);
}

TEST(Notify, CommandThatReadsNothingOrDiesGivesItsStatus) {
  EXPECT_EQ(notify("exit 7", std::string(1 << 20, 'x')), 7);
  EXPECT_EQ(notify("kill -9 $$", "x"), 137);
}

}  // namespace
}  // namespace linkaudit::run
