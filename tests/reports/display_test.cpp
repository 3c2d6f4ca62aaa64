#include "reports/display.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/reports/samples.h"

using namespace linkaudit::reports;

namespace {

Report report_in(Language language, bool both) {
  Report report;
  report.language = language;
  report.both_languages = both;
  report.as_of = samples::desk_test();
  return report;
}

TEST(Display, WordsAreInTheReportsLanguageOrInBothItsOwnFirst) {
  EXPECT_EQ(Display(report_in(Language::en, false)).word("contents"), "Contents");
  EXPECT_EQ(Display(report_in(Language::zh, true)).word("contents"), "目录 / Contents");
  EXPECT_EQ(Display(report_in(Language::en, true)).words("page_of", "2", "3"), "Page 2 of 3 / 第 2 页，共 3 页");
}

TEST(Display, WordsAmongValuesAreInOneLanguage) {
  const Display display(report_in(Language::zh, true));
  EXPECT_EQ(display.word("yes"), "是");
  EXPECT_EQ(display.shown(Value{false}), "否");
  EXPECT_EQ(display.words("part", "观测", "2"), "观测（2）");
}

TEST(Display, DatesOfSentencesFollowEachLanguagesHabit) {
  const Instant at = samples::desk_test();
  EXPECT_EQ(Display(report_in(Language::en, false)).long_date(at), "27 January 2022");
  EXPECT_EQ(Display(report_in(Language::zh, true)).long_date(at), "2022年1月27日");
  EXPECT_EQ(Display(report_in(Language::zh, true)).dated("as_of", at),
            "截至 2022年1月27日 23:59:59 / As of 27 January 2022, 23:59:59");
}

TEST(Display, NumbersOfSentencesHaveTheirThousandsParted) {
  const Display display(report_in(Language::en, false));
  const std::vector<std::pair<std::int64_t, std::string>> cases = {
      {0, "0"},
      {999, "999"},
      {1000, "1,000"},
      {-1000, "-1,000"},
      {-999, "-999"},
      {1234567, "1,234,567"},
      {100000, "100,000"},
      {std::numeric_limits<std::int64_t>::min(), "-9,223,372,036,854,775,808"}};
  for (const auto& [number, text] : cases) EXPECT_EQ(display.number(number), text);
  EXPECT_EQ(display.shown(Value{Counted{12345, "t", {}}}), "12,345");
  EXPECT_EQ(display.shown(Value{std::int64_t{12345}}), "12345");  // may be an entry
}

}  // namespace
