// Schedules as people meet them: list, next, explain, install, the progress bar. By the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kCatalog =
    "version: 1\n"
    "schedules:\n"
    "  - {id: daily, cron: \"0 3 * * *\", zone: Asia/Shanghai, select: {hosts: [wechat]}}\n"
    "  - {id: weekdays, cron: \"30 9 * * 1-5\", zone: Europe/London, select: {contexts: [qq/group], platforms: [jd]}}\n"
    "  - {id: never, cron: \"0 0 30 2 *\", select: {contexts: [qq/group], platforms: [jd]}}\n";

class Schedule : public testing::Test {
 protected:
  Schedule() { scratch_.write("linkaudit.yaml", kCatalog); }

  Ran shell(const std::string& command) const {
    return scratch_.run({"sh", "-c", "export PATH=\"$PWD/bin:$PATH\"; " + command});
  }
  std::string install(const std::string& options) const {
    return std::string(LINKAUDIT_PROGRAM) + " schedule install " + options;
  }

  const Scratch scratch_;
};

TEST_F(Schedule, ListGivesStateFiresAndCells) {
  const json before = json::parse(
      scratch_.linkaudit({"schedule", "list", "--from", "2024-03-04T12:00:00+08:00", "--format", "json"}).out);
  const json daily = before["schedules"][0];
  EXPECT_EQ(daily["state"], "new");
  EXPECT_EQ(daily["last"], "2024-03-04T03:00:00+08:00");
  EXPECT_EQ(daily["next"], "2024-03-05T03:00:00+08:00");
  EXPECT_EQ(daily["dealt"], nullptr);
  EXPECT_GT(daily["cells"].get<int>(), 10);
  EXPECT_TRUE(daily["gaps_30_days"].empty());
  EXPECT_EQ(before["schedules"][2]["next"], nullptr);

  EXPECT_EQ(scratch_.linkaudit({"run", "--due"}).code, 0);  // from here on they are planned
  const json now = json::parse(scratch_.linkaudit({"schedule", "list", "--format", "json"}).out);
  EXPECT_EQ(now["schedules"][0]["state"], "waiting");
  EXPECT_EQ(now["schedules"][2]["state"], "never");
  const json later =
      json::parse(scratch_.linkaudit({"schedule", "list", "--from", "2100-01-01", "--format", "json"}).out);
  EXPECT_EQ(later["schedules"][0]["state"], "due");
  EXPECT_THAT(scratch_.linkaudit({"schedule", "list", "--lang", "zh"}).out,
              AllOf(HasSubstr("等待"), HasSubstr("永不")));
}

TEST_F(Schedule, NextOfTheCatalogComesInOrderOfTime) {
  const json next = json::parse(
      scratch_.linkaudit({"schedule", "next", "-n", "3", "--from", "2024-03-04T12:00:00+08:00", "--format", "json"})
          .out)["upcoming"];
  ASSERT_EQ(next.size(), 3u);
  EXPECT_EQ(next[0]["at"], "2024-03-04T09:30:00+00:00");
  EXPECT_EQ(next[0]["schedule"], "weekdays");
  EXPECT_EQ(next[1]["at"], "2024-03-05T03:00:00+08:00");
  EXPECT_EQ(next[2]["schedule"], "weekdays");
  EXPECT_THAT(scratch_.linkaudit({"schedule", "next", "--schedule", "never"}).out, HasSubstr("never"));
  EXPECT_EQ(scratch_.linkaudit({"schedule", "next", "--schedule", "hourly"}).code, 3);
}

TEST_F(Schedule, ExplainTellsInBothLanguagesAndWarns) {
  const Ran english = scratch_.linkaudit(
      {"schedule", "explain", "30 2 * * *", "--zone", "America/New_York", "--from", "2024-03-01T00:00:00Z"});
  EXPECT_EQ(english.code, 0) << english.err;
  EXPECT_THAT(english.out, AllOf(HasSubstr("at 02:30, every day (America/New_York)"),
                                 HasSubstr("2024-03-01T02:30:00-05:00"), HasSubstr("next on 2024-03-10")));
  const Ran chinese = scratch_.linkaudit({"--lang", "zh", "schedule", "explain", "0 3 * * 1"});
  EXPECT_THAT(chinese.out, HasSubstr("每星期一，03:00（Asia/Shanghai）"));
  const json told = json::parse(
      scratch_.linkaudit({"schedule", "explain", "0 0 */2 * MON", "--zone", "UTC", "--format", "json"}).out);
  EXPECT_EQ(told["fires"].size(), 3u);
  EXPECT_EQ(told["cautions"][0]["caution"], "star_days");
  const Ran wrong = scratch_.linkaudit({"schedule", "explain", "0 25 * * *"});
  EXPECT_EQ(wrong.code, 3);
  EXPECT_THAT(wrong.err, HasSubstr("hour: 25 is out of range; valid are 0-23"));
}

// A crontab program that keeps its table in a file here.
class Cron : public Schedule {
 protected:
  Cron() {
    std::filesystem::create_directory(scratch_.file("bin"));
    scratch_.write("bin/crontab",
                   "#!/bin/sh\n"
                   "if [ \"$1\" = -l ]; then\n"
                   "  if [ -e broken ]; then echo 'cannot be read' >&2; exit 1; fi\n"
                   "  cat table 2>/dev/null || { echo 'no crontab for me' >&2; exit 1; }\n"
                   "else cat > table; fi\n");
    std::filesystem::permissions(scratch_.file("bin/crontab"), std::filesystem::perms::owner_all);
  }
};

TEST_F(Cron, ABlockIsAddedOnceAndUndoneToTheByte) {
  const std::string mine = "MAILTO=me\n5 4 * * *  true\n";
  scratch_.write("table", mine);
  const Ran first = shell(install("--cron"));
  EXPECT_EQ(first.code, 0) << first.err;
  const std::string table = scratch_.read("table");
  EXPECT_THAT(table, AllOf(testing::StartsWith(mine), HasSubstr("# begin linkaudit linkaudit\n* * * * *  cd "),
                           HasSubstr("run --due"), HasSubstr("linkaudit.yaml")));
  EXPECT_THAT(first.out, HasSubstr("run --due"));
  EXPECT_THAT(shell(install("--cron")).out, HasSubstr("nothing to change"));
  EXPECT_EQ(scratch_.read("table"), table);
  EXPECT_EQ(shell(install("--cron --name other")).code, 0);
  EXPECT_EQ(shell(install("--cron --undo")).code, 0);
  EXPECT_EQ(shell(install("--cron --undo --name other")).code, 0);
  EXPECT_EQ(scratch_.read("table"), mine);
}

TEST_F(Cron, TheLineOfTheBlockRuns) {
  shell(install("--cron"));
  const std::string table = scratch_.read("table");
  const std::string line = table.substr(table.find("* * * * *  ") + 11);
  const Ran ran = shell(line.substr(0, line.find('\n')));
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(std::filesystem::exists(scratch_.file("linkaudit.db")));
}

TEST_F(Cron, DryRunChangesNothingAndAnUnreadableTableIsLeftAlone) {
  EXPECT_THAT(shell(install("--cron --dry-run")).out, HasSubstr("run --due"));
  EXPECT_FALSE(std::filesystem::exists(scratch_.file("table")));
  scratch_.write("table", "mine\n");
  scratch_.write("broken", "");
  const Ran refused = shell(install("--cron"));
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, HasSubstr("cannot be read"));
  EXPECT_EQ(scratch_.read("table"), "mine\n");
}

TEST_F(Schedule, UnitsAreWrittenHardenedAndUndone) {
  const Ran dry = shell(install("--systemd --dir units --dry-run"));
  EXPECT_EQ(dry.code, 0) << dry.err;
  EXPECT_FALSE(std::filesystem::exists(scratch_.file("units")));
  const Ran ran = shell(install("--systemd --dir units"));
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("units/linkaudit.timer"), HasSubstr("systemctl --user enable --now linkaudit.timer")));
  EXPECT_THAT(scratch_.read("units/linkaudit.timer"), AllOf(HasSubstr("Persistent=true"), HasSubstr("OnCalendar=")));
  EXPECT_THAT(scratch_.read("units/linkaudit.service"),
              AllOf(HasSubstr("Type=oneshot"), HasSubstr("ProtectSystem=strict"), HasSubstr("NoNewPrivileges=yes"),
                    HasSubstr("ReadWritePaths=\"" + scratch_.path() + "\""),
                    HasSubstr("SystemCallFilter=@system-service"), HasSubstr("\" run --due\n")));
  EXPECT_EQ(shell(install("--systemd --dir units --daemon --name audit")).code, 0);
  EXPECT_THAT(scratch_.read("units/audit.service"),
              AllOf(HasSubstr("Type=notify"), HasSubstr("WatchdogSec="), HasSubstr("serve --no-http")));
  EXPECT_EQ(shell(install("--systemd --dir units --undo")).code, 0);
  EXPECT_FALSE(std::filesystem::exists(scratch_.file("units/linkaudit.timer")));
  EXPECT_FALSE(std::filesystem::exists(scratch_.file("units/linkaudit.service")));
  EXPECT_TRUE(std::filesystem::exists(scratch_.file("units/audit.service")));
}

TEST_F(Schedule, SystemdTakesTheUnits) {
  ASSERT_EQ(shell(install("--systemd --dir units")).code, 0);
  ASSERT_EQ(shell(install("--systemd --dir units --daemon --name audit")).code, 0);
  const Ran verified = shell(
      "command -v systemd-analyze >/dev/null || exit 0; systemd-analyze verify --user units/linkaudit.timer "
      "units/linkaudit.service units/audit.service 2>&1 | grep -F units/ && exit 1 || exit 0");
  EXPECT_EQ(verified.code, 0) << verified.out;
}

TEST_F(Schedule, AUnitOfSomebodyElseIsNotTouched) {
  std::filesystem::create_directory(scratch_.file("units"));
  scratch_.write("units/linkaudit.service", "[Service]\nExecStart=true\n");
  EXPECT_EQ(shell(install("--systemd --dir units")).code, 3);
  EXPECT_FALSE(std::filesystem::exists(scratch_.file("units/linkaudit.timer")));
  EXPECT_EQ(shell(install("--systemd --dir units --undo")).code, 3);
  EXPECT_EQ(scratch_.read("units/linkaudit.service"), "[Service]\nExecStart=true\n");
}

TEST_F(Schedule, WrongWordsAreRefused) {
  for (const char* options :
       {"", "--cron --systemd", "--cron --daemon", "--cron --name 'a b'", "--systemd --name ''"}) {
    EXPECT_EQ(shell(install(options)).code, 3) << options;
  }
  EXPECT_EQ(scratch_.linkaudit({"serve"}).code, 3);
}

// A link without a URL is planned and becomes a gap, so that no network is needed; only what is simulated has a clock
// that can be moved.
constexpr const char* kReporting =
    "version: 1\n"
    "vantage: {simulated: true}\n"
    "reports:\n"
    "  - {id: board, title: {en: To the board, zh: 董事会}, sheets: [cover, gaps_by_day], file: "
    "\"FOLDERboard-{date}.xlsx\"}\n"
    "schedules:\n"
    "  - {id: daily, cron: \"0 3 * * *\", select: {links: [tmall/item], contexts: [wechat/group]}, report: board}\n";

TEST(ScheduledReport, IsWrittenAndIssuedAfterEachRunOfItsSchedule) {
  const Scratch scratch;
  std::string catalog = kReporting;
  catalog.erase(catalog.find("FOLDER"), 6);
  scratch.write("linkaudit.yaml", catalog);
  scratch.linkaudit({"run", "--due", "--at", "2024-01-01T12:00:00+08:00"});
  EXPECT_FALSE(std::filesystem::exists(scratch.file("board-2024-01-01.xlsx")));
  for (const char* day : {"2024-01-02", "2024-01-03"}) {
    const Ran ran = scratch.linkaudit({"run", "--due", "--at", std::string(day) + "T04:00:00+08:00"});
    EXPECT_EQ(ran.code, 4) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("board-" + std::string(day) + ".xlsx issued, SHA-256 "));
    EXPECT_TRUE(std::filesystem::exists(scratch.file("board-" + std::string(day) + ".xlsx")));
  }
  const json listed = json::parse(scratch.linkaudit({"reports", "--format", "json"}).out).at("reports");
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].at("template"), "board");
  EXPECT_EQ(listed[1].at("since"), listed[0].at("as_of"));
}

TEST(ScheduledReport, ThatCannotBeWrittenIsSaidAndTheRunStands) {
  const Scratch scratch;
  std::string catalog = kReporting;
  catalog.replace(catalog.find("FOLDER"), 6, "nowhere/");
  scratch.write("linkaudit.yaml", catalog);
  scratch.linkaudit({"run", "--due", "--at", "2024-01-01T12:00:00+08:00"});
  const Ran ran = scratch.linkaudit({"run", "--due", "--at", "2024-01-02T04:00:00+08:00"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err,
              AllOf(HasSubstr("the report board could not be issued: "), HasSubstr("nowhere/board-2024-01-02.xlsx")));
  EXPECT_EQ(json::parse(scratch.linkaudit({"runs", "--format", "json"}).out).at("accounting").at("planned"), 1);
}

}  // namespace
}  // namespace linkaudit::tests
