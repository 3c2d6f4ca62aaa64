#include "schedules/explain.h"

#include <gtest/gtest.h>

#include "schedules/lint.h"
#include "tests/schedules/times.h"

namespace linkaudit::schedules {
namespace {

struct Told {
  const char* expression;
  const char* en;
  const char* zh;
};

// clang-format off: a table
const Told told[] = {
    {"0 3 * * *", "at 03:00, every day (Asia/Shanghai)", "每天，03:00（Asia/Shanghai）"},
    {"* * * * *", "every minute, every day (Asia/Shanghai)", "每天，每分钟（Asia/Shanghai）"},
    {"*/15 * * * *", "every 15 minutes, every day (Asia/Shanghai)", "每天，每 15 分钟（Asia/Shanghai）"},
    {"*/7 * * * *", "at minute 0, 7, 14, 21, 28, 35, 42, 49, 56 of every hour, every day (Asia/Shanghai)",
     "每天，每小时的第 0、7、14、21、28、35、42、49、56 分（Asia/Shanghai）"},
    {"@hourly", "at minute 0 of every hour, every day (Asia/Shanghai)", "每天，每小时的第 0 分（Asia/Shanghai）"},
    {"*/15 8-18 * * MON-FRI", "at minute 0, 15, 30, 45 of the hours 8-18, on Monday-Friday (Asia/Shanghai)",
     "每星期一–星期五，8–18 时的第 0、15、30、45 分（Asia/Shanghai）"},
    {"0,30 9,17 1,15 * *", "at 09:00, 09:30, 17:00, 17:30, on day 1, 15 of the month (Asia/Shanghai)",
     "每月 1、15 日，09:00、09:30、17:00、17:30（Asia/Shanghai）"},
    {"0 0 13 * FRI", "at 00:00, on day 13 of the month, and on every Friday (Asia/Shanghai)",
     "每月 13 日，以及每星期五，00:00（Asia/Shanghai）"},
    {"0 0 */10 * SUN", "at 00:00, on days 1, 11, 21, 31 of the month that are a Sunday (Asia/Shanghai)",
     "每月 1、11、21、31 日中的星期日，00:00（Asia/Shanghai）"},
    {"0 0 1-31 * MON", "at 00:00, every day (Asia/Shanghai)", "每天，00:00（Asia/Shanghai）"},
    {"0 6 1 JAN,jul *", "at 06:00, on day 1 of the month, in January, July (Asia/Shanghai)",
     "一月、七月，每月 1 日，06:00（Asia/Shanghai）"},
    {"0 6 * 4-9 *", "at 06:00, every day, in April-September (Asia/Shanghai)",
     "四月–九月，每天，06:00（Asia/Shanghai）"},
};
// clang-format on

TEST(Explain, TellsTheExpressionInBothLanguages) {
  for (const Told& row : told) {
    EXPECT_EQ(explain(test::cron(row.expression), test::zone("Asia/Shanghai"), "en"), row.en);
    EXPECT_EQ(explain(test::cron(row.expression), test::zone("Asia/Shanghai"), "zh"), row.zh);
  }
}

std::string cautions(const char* expression, const char* zone_name = "Asia/Shanghai") {
  std::string text;
  for (const CronCaution& each : lint(expression, test::zone(zone_name), test::at("2024-01-01T00:00:00Z"))) {
    text += std::string(text.empty() ? "" : "; ") + std::string(name(each.caution));
    if (!each.field.empty()) text += " " + each.field;
    if (each.at) text += " " + test::shown(*each.at);
  }
  return text;
}

struct Linted {
  const char* expression;
  const char* zone;
  const char* cautions;
};

// clang-format off: a table
const Linted linted[] = {
    {"0 3 * * *", "Asia/Shanghai", ""},
    {"@daily", "Asia/Shanghai", ""},
    {"0 0 30 2 *", "Asia/Shanghai", "never"},
    {"0 0 */2 * MON", "Asia/Shanghai", "star_days"},
    {"0 0 13 * */2", "Asia/Shanghai", "star_days"},
    {"0 0 * * MON", "Asia/Shanghai", ""},
    {"0 0 13 * FRI", "Asia/Shanghai", ""},
    {"*/60 * * * *", "Asia/Shanghai", "long_step minute"},
    {"0 0-23/24 * * *", "Asia/Shanghai", "long_step hour"},
    {"*/59 */23 */30 */11 *", "Asia/Shanghai", ""},
    {"0 0 * * 7", "Asia/Shanghai", "sunday"},
    {"0 0 * * 1,5-7/2", "Asia/Shanghai", "sunday"},
    {"0 0 * * 0", "Asia/Shanghai", ""},
    {"30 2 * * *", "America/New_York", "leapt 2024-03-10T07:00:00Z"},
    {"30 1 * * *", "America/New_York", "once 2024-11-03T06:00:00Z"},
    {"0 1,2 * * *", "America/New_York", "leapt 2024-03-10T07:00:00Z; once 2024-11-03T06:00:00Z"},
    {"*/15 2 * * *", "America/New_York", "left_out 2024-03-10T07:00:00Z"},
    {"*/15 1 * * *", "America/New_York", "twice 2024-11-03T06:00:00Z"},
    {"0 * * * *", "America/New_York", ""},
    {"0 3 * * *", "America/New_York", ""},
    {"30 2 * * SAT", "America/New_York", ""},
    {"15 2 * * *", "Australia/Lord_Howe", "leapt 2024-10-05T15:30:00Z"},
    {"0 0 31 3 *", "Europe/London", ""},
    {"30 1 31 3 *", "Europe/London", "leapt 2024-03-31T01:00:00Z"},
};
// clang-format on

TEST(Lint, SaysWhereDaemonsDifferAndWhenTheClockChanges) {
  for (const Linted& row : linted) EXPECT_EQ(cautions(row.expression, row.zone), row.cautions) << row.expression;
}

TEST(Lint, SentencesNameTheFieldAndTheDay) {
  const Zone zone = test::zone("America/New_York");
  const CronCaution leap{Caution::leapt, "", test::at("2024-03-10T07:00:00Z")};
  EXPECT_NE(sentence(leap, zone, "en").find("next on 2024-03-10"), std::string::npos);
  EXPECT_NE(sentence(leap, zone, "zh").find("下一次在 2024-03-10"), std::string::npos);
  EXPECT_NE(sentence({Caution::long_step, "minute", {}}, zone, "en").find("minute"), std::string::npos);
}

}  // namespace
}  // namespace linkaudit::schedules
