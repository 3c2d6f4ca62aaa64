#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "tests/schedules/times.h"

namespace linkaudit::schedules {
namespace {

using test::cron;

struct Bad {
  const char* expression;
  const char* field;
  const char* text;
};

class RefusedCron : public testing::TestWithParam<Bad> {};

TEST_P(RefusedCron, NamesTheFieldAndWhatIsValid) {
  const auto parsed = parse_cron(GetParam().expression);
  ASSERT_FALSE(parsed) << GetParam().expression;
  EXPECT_EQ(parsed.error().field, GetParam().field);
  EXPECT_EQ(parsed.error().text, GetParam().text);
}

// clang-format off: a table
const Bad bad[] = {
    // out of range, each field at both ends
    {"60 * * * *", "minute", "minute: 60 is out of range; valid are 0-59"},
    {"0-60 * * * *", "minute", "minute: 60 is out of range; valid are 0-59"},
    {"* 24 * * *", "hour", "hour: 24 is out of range; valid are 0-23"},
    {"* * 0 * *", "day-of-month", "day-of-month: 0 is out of range; valid are 1-31"},
    {"* * 32 * *", "day-of-month", "day-of-month: 32 is out of range; valid are 1-31"},
    {"* * * 0 *", "month", "month: 0 is out of range; valid are 1-12 or JAN-DEC"},
    {"* * * 13 *", "month", "month: 13 is out of range; valid are 1-12 or JAN-DEC"},
    {"* * * * 8", "day-of-week", "day-of-week: 8 is out of range; valid are 0-7 or SUN-SAT (0 and 7 are Sunday)"},
    {"99999999999999999999 * * * *", "minute", "minute: 99999999999999999999 is out of range; valid are 0-59"},
    // no numbers
    {"x * * * *", "minute", "minute: \"x\" is no number; valid are 0-59"},
    {"-1 * * * *", "minute", "minute: \"-1\" is no range; valid are A-B with A and B in 0-59"},
    {"+1 * * * *", "minute", "minute: \"+1\" is no number; valid are 0-59"},
    {"1.5 * * * *", "minute", "minute: \"1.5\" is no number; valid are 0-59"},
    {"0x10 * * * *", "minute", "minute: \"0x10\" is no number; valid are 0-59"},
    {"５ * * * *", "minute", "minute: \"５\" is no number; valid are 0-59"},
    {"** * * * *", "minute", "minute: \"**\" is no number; valid are 0-59"},
    {"? * * * *", "minute", "minute: \"?\" is no number; valid are 0-59"},
    {"* * L * *", "day-of-month", "day-of-month: \"L\" is no number; valid are 1-31"},
    {"* * 15W * *", "day-of-month", "day-of-month: \"15W\" is no number; valid are 1-31"},
    {"* * * * 5#2", "day-of-week",
     "day-of-week: \"5#2\" is no number or name; valid are 0-7 or SUN-SAT (0 and 7 are Sunday)"},
    {"* * * JANUARY *", "month", "month: \"JANUARY\" is no number or name; valid are 1-12 or JAN-DEC"},
    {"* * * MON *", "month", "month: \"MON\" is no number or name; valid are 1-12 or JAN-DEC"},
    {"MON * * * *", "minute", "minute: \"MON\" is no number; valid are 0-59"},
    {"* * * * JAN", "day-of-week",
     "day-of-week: \"JAN\" is no number or name; valid are 0-7 or SUN-SAT (0 and 7 are Sunday)"},
    // ranges
    {"* 5-1 * * *", "hour", "hour: \"5-1\" runs backwards; valid are two ranges: 5-23,0-1"},
    {"* * * 11-2 *", "month", "month: \"11-2\" runs backwards; valid are two ranges: 11-12,1-2"},
    {"* * * NOV-FEB *", "month", "month: \"NOV-FEB\" runs backwards; valid are two ranges: 11-12,1-2"},
    {"* * * * FRI-SUN", "day-of-week", "day-of-week: \"FRI-SUN\" runs backwards; valid are 5-7 to end on Sunday"},
    {"* * * * FRI-MON", "day-of-week", "day-of-week: \"FRI-MON\" runs backwards; valid are two ranges: 5-7,0-1"},
    {"1- * * * *", "minute", "minute: \"1-\" is no range; valid are A-B with A and B in 0-59"},
    {"- * * * *", "minute", "minute: \"-\" is no range; valid are A-B with A and B in 0-59"},
    {"1-2-3 * * * *", "minute", "minute: \"1-2-3\" is no range; valid are A-B with A and B in 0-59"},
    {"*-5 * * * *", "minute", "minute: \"*\" is no number; valid are 0-59"},
    // steps
    {"*/0 * * * *", "minute",
     "minute: step \"0\" of \"*/0\" is no number from 1; valid are */N and A-B/N with N from 1"},
    {"*/ * * * *", "minute", "minute: step \"\" of \"*/\" is no number from 1; valid are */N and A-B/N with N from 1"},
    {"*/-1 * * * *", "minute",
     "minute: step \"-1\" of \"*/-1\" is no number from 1; valid are */N and A-B/N with N from 1"},
    {"*/x * * * *", "minute",
     "minute: step \"x\" of \"*/x\" is no number from 1; valid are */N and A-B/N with N from 1"},
    {"*/2/3 * * * *", "minute",
     "minute: step \"2/3\" of \"*/2/3\" is no number from 1; valid are */N and A-B/N with N from 1"},
    {"0-30/0 * * * *", "minute",
     "minute: step \"0\" of \"0-30/0\" is no number from 1; valid are */N and A-B/N with N from 1"},
    {"5/15 * * * *", "minute", "minute: \"5/15\" steps from a single number; valid are */N and A-B/N, such as 5-59/N"},
    {"* * * * MON/2", "day-of-week",
     "day-of-week: \"MON/2\" steps from a single number; valid are */N and A-B/N, such as 1-7/N"},
    {"/5 * * * *", "minute", "minute: \"/5\" has nothing to step through; valid are */N and A-B/N"},
    // lists
    {"1,,2 * * * *", "minute", "minute: \"1,,2\" has an empty place in its list; valid are 0-59"},
    {",1 * * * *", "minute", "minute: \",1\" has an empty place in its list; valid are 0-59"},
    {"1, * * * *", "minute", "minute: \"1,\" has an empty place in its list; valid are 0-59"},
    {"1,61 * * * *", "minute", "minute: 61 is out of range; valid are 0-59"},
    // the first field that is wrong is the one named
    {"* 24 0 * *", "hour", "hour: 24 is out of range; valid are 0-23"},
    // numbers of fields
    {"", "expression",
     "expression: empty; valid are exactly five fields: minute hour day-of-month month day-of-week, or @hourly, "
     "@daily, @midnight, @weekly, @monthly, @yearly, @annually"},
    {" \t ", "expression",
     "expression: empty; valid are exactly five fields: minute hour day-of-month month day-of-week, or @hourly, "
     "@daily, @midnight, @weekly, @monthly, @yearly, @annually"},
    {"*", "expression",
     "expression: 1 field, without hour, day-of-month, month, day-of-week; valid are exactly five fields: minute hour "
     "day-of-month month day-of-week"},
    {"0 3 * *", "expression",
     "expression: 4 fields, without day-of-week; valid are exactly five fields: minute hour day-of-month month "
     "day-of-week"},
    {"0 0 3 * * *", "expression",
     "expression: 6 fields, \"*\" follows day-of-week; valid are exactly five fields: minute hour day-of-month month "
     "day-of-week (no seconds, no year)"},
    {"0 0 3 * * * 2024", "expression",
     "expression: 7 fields, \"*\" follows day-of-week; valid are exactly five fields: minute hour day-of-month month "
     "day-of-week (no seconds, no year)"},
    {"0 3 * * * /bin/true", "expression",
     "expression: 6 fields, \"/bin/true\" follows day-of-week; valid are exactly five fields: minute hour day-of-month "
     "month day-of-week (no seconds, no year)"},
    // names for whole expressions
    {"@reboot", "expression",
     "expression: \"@reboot\" is not known; valid are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, "
     "@annually"},
    {"@every 5m", "expression",
     "expression: \"@every\" is not known; valid are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, "
     "@annually"},
    {"@", "expression",
     "expression: \"@\" is not known; valid are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually"},
    {"@daily *", "expression",
     "expression: \"@daily *\" is not known; valid are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, "
     "@annually"},
    // hostile text is cut and made one line
    {"\x1b[31m * * * *", "minute", "minute: \"?[31m\" is no number; valid are 0-59"},
    {"1111111111111111111111111111111111111111x * * * *", "minute",
     "minute: \"1111111111111111111111111111111111111111...\" is no number; valid are 0-59"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Cron, RefusedCron, testing::ValuesIn(bad),
                         [](const testing::TestParamInfo<Bad>& row) { return "Row" + std::to_string(row.index); });

// Expressions that public suites refuse, and what their messages name.
TEST(Refused, ByPublicSuitesWithTheSameField) {
  std::ifstream file(LINKAUDIT_TEST_DATA "/invalid.csv");
  int rows = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream cells(line);
    std::string expression, field, source;
    std::getline(cells, expression, ';');
    std::getline(cells, field, ';');
    std::getline(cells, source);
    const auto parsed = parse_cron(expression);
    ++rows;
    ASSERT_FALSE(parsed) << expression;
    EXPECT_EQ(parsed.error().field, field) << expression << ' ' << parsed.error().text << ' ' << source;
    EXPECT_NE(parsed.error().text.find("valid are"), std::string::npos) << parsed.error().text;
    EXPECT_FALSE(source.empty()) << line;
  }
  EXPECT_GE(rows, 100);
}

// Two ways to write the same: equal in all but whether a field began with `*`.
struct Pair {
  const char* left;
  const char* right;
};

class Same : public testing::TestWithParam<Pair> {};

TEST_P(Same, NamesTheSameMinutes) {
  Cron left = cron(GetParam().left);
  const Cron right = cron(GetParam().right);
  left.any_day_of_month = right.any_day_of_month;
  left.any_day_of_week = right.any_day_of_week;
  left.follows_clock = right.follows_clock;
  EXPECT_EQ(left, right) << GetParam().left << " and " << GetParam().right;
}

INSTANTIATE_TEST_SUITE_P(
    Cron, Same,
    testing::Values(Pair{"*/15 * * * *", "0,15,30,45 * * * *"}, Pair{"5-59/20 * * * *", "5,25,45 * * * *"},
                    Pair{"*/60 * * * *", "0 * * * *"}, Pair{"0-59/999999999 * * * *", "0 * * * *"},
                    Pair{"0 0 * JAN,mar-May,12 *", "0 0 * 1,3,4,5,12 *"}, Pair{"0 0 * * SUN", "0 0 * * 0"},
                    Pair{"0 0 * * 7", "0 0 * * 0"}, Pair{"0 0 * * 5-7", "0 0 * * 0,5,6"},
                    Pair{"0 0 * * sun-sat", "0 0 * * *"}, Pair{"0 0 * * Mon-Fri/2", "0 0 * * 1,3,5"},
                    Pair{"00 003 * * *", "0 3 * * *"}, Pair{"1,1,1-3 * * * *", "1-3 * * * *"},
                    Pair{"  0\t3  * * *\n", "0 3 * * *"}, Pair{"@hourly", "0 * * * *"}, Pair{"@daily", "0 0 * * *"},
                    Pair{"@midnight", "0 0 * * *"}, Pair{"@weekly", "0 0 * * 0"}, Pair{"@monthly", "0 0 1 * *"},
                    Pair{"@yearly", "0 0 1 1 *"}, Pair{"@annually", "0 0 1 1 *"}, Pair{"@DAILY", "0 0 * * *"}),
    [](const testing::TestParamInfo<Pair>& row) { return "Row" + std::to_string(row.index); });

TEST(Cron, RemembersWhichFieldsBeganWithAStar) {
  EXPECT_TRUE(cron("* 3 * * *").follows_clock);
  EXPECT_TRUE(cron("0 */2 * * *").follows_clock);
  EXPECT_TRUE(cron("@hourly").follows_clock);
  EXPECT_FALSE(cron("0 3 * * *").follows_clock);
  EXPECT_FALSE(cron("0-59 0-23 * * *").follows_clock);
  EXPECT_FALSE(cron("@daily").follows_clock);
  EXPECT_TRUE(cron("0 3 */2 * 1").any_day_of_month);
  EXPECT_FALSE(cron("0 3 1-31 * 1").any_day_of_month);
  EXPECT_TRUE(cron("0 3 1 * */2").any_day_of_week);
  EXPECT_FALSE(cron("0 3 1 * 0-7").any_day_of_week);
}

TEST(Cron, SundayIsBitZero) {
  EXPECT_EQ(cron("0 0 * * 7").days_of_week.to_ulong(), 1u);
  EXPECT_EQ(cron("0 0 * * SAT").days_of_week.to_ulong(), 64u);
}

// Any bytes at all are refused or read; the message is one line of bounded length.
TEST(Cron, AnyBytesGiveAnAnswer) {
  std::string text = "0 3 * * *";
  for (int value = 0; value < 256; ++value) {
    for (std::size_t place = 0; place < text.size(); ++place) {
      std::string broken = text;
      broken[place] = static_cast<char>(value);
      const auto parsed = parse_cron(broken);
      if (parsed) continue;
      EXPECT_EQ(parsed.error().text.find_first_of("\n\r\t\x1b"), std::string::npos) << value;
      EXPECT_LT(parsed.error().text.size(), 400u);
    }
  }
}

}  // namespace
}  // namespace linkaudit::schedules
