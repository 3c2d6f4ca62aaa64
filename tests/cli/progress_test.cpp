// How far a run is: on a terminal, and only there.
#include "audit/cli/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/lab_process.h"
#include "tests/cli/program.h"

namespace linkaudit::cli {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

TEST(ProgressLine, GivesShareRateAndTimeLeft) {
  EXPECT_EQ(progress_line(40, 100, milliseconds(3200), 80), "[############------------------]   40/100  12.5/s  0:05");
  EXPECT_EQ(progress_line(0, 100, milliseconds(0), 80), "[------------------------------]    0/100");
  EXPECT_EQ(progress_line(100, 100, milliseconds(8000), 80), "[##############################]  100/100  12.5/s  0:00");
  EXPECT_EQ(progress_line(1, 10'000, milliseconds(1000), 80),
            "[------------------------------]      1/10000  1.0/s  2:46:39");
}

TEST(ProgressLine, LeavesTheBarOutWhereThereIsNoRoom) {
  EXPECT_EQ(progress_line(40, 100, milliseconds(3200), 40), " 40/100  12.5/s  0:05");
  EXPECT_EQ(progress_line(40, 100, milliseconds(3200), 7), " 40/100");
}

TEST(Progress, IsDrawnOnATerminalOnly) {
  const linkaudit::tests::Scratch scratch;
  const linkaudit::tests::LabProcess lab(scratch);
  const std::string command = std::string(LINKAUDIT_PROGRAM) +
                              " --catalog lab/linkaudit.yaml run --all --platform taobao --context wechat/group";
  EXPECT_THAT(scratch.run({"sh", "-c", command}).err, Not(HasSubstr("/s")));
  EXPECT_THAT(scratch.run({"script", "-qec", command, "/dev/null"}).out, HasSubstr("/s  0:00"));
}

}  // namespace
}  // namespace linkaudit::cli
