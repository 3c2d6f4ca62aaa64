// Bad input: one clear line, the right exit code, nothing changed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using testing::HasSubstr;

struct Wrong {
  std::vector<std::string> arguments;
  const char* said;
};

TEST(Usage, WrongWordsAreRefusedWithExitThree) {
  const Wrong table[] = {
      {{"--nonsense"}, "--nonsense"},
      {{}, "no command given"},
      {{"frobnicate"}, "frobnicate"},
      {{"--lang", "fr", "matrix"}, "--lang"},
      {{"--format", "xml", "matrix"}, "--format"},
      {{"matrix"}, "linkaudit.db: no such database"},
      {{"findings", "--status", "guilty"}, "--status"},
      {{"run"}, "say --due or --all"},
      {{"run", "--due", "--all"}, "excludes"},
      {{"run", "--all", "--platform", "nobody"}, "--platform: \"nobody\""},
      {{"run", "--all", "--context", "wechat/nowhere"}, "--context: \"wechat/nowhere\""},
      {{"run", "--due", "--schedule", "never"}, "--schedule: \"never\""},
      {{"check", "nobody/item"}, "neither a URL nor a link"},
      {{"check", "taobao/item", "--context", "x"}, "--context: \"x\""},
      {{"report", "-o", "r.docx"}, "no known ending"},
      {{"report", "-o", "r.xlsx", "--sheet", "gaps"}, "--sheet goes with"},
      {{"schedule", "next", "--cron", "61 * * * *"}, "minute"},
      {{"schedule", "next", "--cron", "0 3 * * *", "--zone", "Mars/Olympus"}, "Mars/Olympus"},
      {{"--catalog", "absent.yaml", "catalog", "check"}, "absent.yaml: cannot be read"},
      {{"import", "absent.csv"}, "absent.csv: cannot be read"},
  };
  for (const Wrong& row : table) {
    const Scratch scratch;
    const Ran ran = scratch.linkaudit(row.arguments);
    EXPECT_EQ(ran.code, 3) << row.said << ran.err;
    EXPECT_EQ(ran.out, "") << row.said;
    EXPECT_THAT(ran.err, HasSubstr(row.said));
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(scratch.file("linkaudit.db"))) << row.said;
  }
}

struct BadCsv {
  std::string text;
  const char* said;
};

const std::string kHeader = "at,link,context,outcome,observer\n";
const std::string kGood = "2022-01-27T12:00:00+08:00,taobao/item,wechat/group,direct,desk\n";

TEST(Usage, ACaFileThatIsMissingIsRefusedBeforeAnythingIsAsked) {
  const Scratch scratch;
  scratch.write("mine.yaml", "version: 1\nnetwork:\n  ca_file: gone.pem\n");
  const std::vector<std::vector<std::string>> commands = {
      {"catalog", "check"}, {"check", "https://item.taobao.com/"}, {"run", "--all"}};
  for (std::vector<std::string> command : commands) {
    command.insert(command.begin(), {"--catalog", "mine.yaml"});
    const Ran ran = scratch.linkaudit(command);
    EXPECT_EQ(ran.code, 3) << command.at(2);
    EXPECT_NE(ran.err.find("mine.yaml:3: network.ca_file: \"gone.pem\" cannot be read; valid is"), std::string::npos)
        << ran.err;
  }
  EXPECT_EQ(scratch.linkaudit({"--catalog", "mine.yaml", "matrix"}).err.find("ca_file"), std::string::npos);
}

TEST(Usage, IdsThatNobodyKnowsAreRefusedSoThatNoGatePassesByThem) {
  const Scratch scratch;
  ASSERT_EQ(
      scratch.linkaudit({"attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk"}).code,
      0);
  const Wrong table[] = {
      {{"findings", "--gate", "--platform", "taobo"}, "--platform: \"taobo\""},
      {{"findings", "--gate", "--context", "wechat/grup"}, "--context: \"wechat/grup\""},
      {{"findings", "--gate", "--obligation", "miit"}, "--obligation: \"miit\""},
      {{"query", "--platform", "taobo"}, "--platform: \"taobo\""},
      {{"query", "--link", "taobao/itm"}, "--link: \"taobao/itm\""},
      {{"query", "--context", "group"}, "--context: \"group\""},
      {{"run", "--all", "--at", "2021-09-17"}, "--at"},
      {{"--format", "csv", "ledger", "verify"}, "--format"},
  };
  for (const Wrong& row : table) {
    const Ran ran = scratch.linkaudit(row.arguments);
    EXPECT_EQ(ran.code, 3) << row.said << ran.out;
    EXPECT_THAT(ran.err, HasSubstr(row.said));
  }
}

TEST(Import, BadRowsAreNamedByLineAndNothingIsImported) {
  const BadCsv table[] = {
      {"", "bad.csv:1: no header line"},
      {"at,link,context,outcome\n", "bad.csv:1: column observer is missing"},
      {"at,link,context,outcome,observer,mood\n", "bad.csv:1: \"mood\" is no column"},
      {"at,at,link,context,outcome,observer\n", "bad.csv:1: column at stands twice"},
      {kHeader + kGood + "2022-01-27T12:00:00+08:00,taobao/item,wechat/group,direct\n",
       "bad.csv:3: 4 fields, the header has 5"},
      {kHeader + "2022-01-27 12:00,taobao/item,wechat/group,direct,desk\n",
       "bad.csv:2: at: \"2022-01-27 12:00\" is not an instant with a zone"},
      {kHeader + "2022-02-30T12:00:00+08:00,taobao/item,wechat/group,direct,desk\n", "bad.csv:2: at:"},
      {kHeader + "2999-01-01T00:00:00Z,taobao/item,wechat/group,direct,desk\n", "lies in the future"},
      {kHeader + "2022-01-27T12:00:00Z,taobao/nothing,wechat/group,direct,desk\n",
       "bad.csv:2: link: \"taobao/nothing\""},
      {kHeader + "2022-01-27T12:00:00Z,taobao/item,wechat/nowhere,direct,desk\n",
       "bad.csv:2: context: \"wechat/nowhere\""},
      {kHeader + "2022-01-27T12:00:00Z,taobao/item,wechat/group,opens,desk\n",
       "bad.csv:2: outcome: \"opens\" is not known; valid are direct, confirm"},
      {kHeader + "2022-01-27T12:00:00Z,taobao/item,wechat/group,direct,\n", "bad.csv:2: observer: is missing"},
      {kHeader + kGood + "\xb4\xf2\xbf\xaa,x,y,z,w\n", "bad.csv:3: not UTF-8 text"},
      {kHeader + "\"2022,taobao/item,wechat/group,direct,desk\n",
       "bad.csv:2: a quoted field that begins here does not end"},
      {"at,link,context,outcome,observer,steps\n2022-01-27T12:00:00Z,taobao/item,wechat/group,direct,desk,few\n",
       "bad.csv:2: steps: \"few\" is not a whole number"},
      {"at,link,context,outcome,observer,facts\n2022-01-27T12:00:00Z,taobao/item,wechat/group,direct,desk,yes\n",
       "bad.csv:2: facts: \"yes\" is not NAME=VALUE"},
  };
  for (const BadCsv& row : table) {
    const Scratch scratch;
    scratch.write("bad.csv", row.text);
    const Ran ran = scratch.linkaudit({"import", "bad.csv"});
    EXPECT_EQ(ran.code, 3) << row.said;
    EXPECT_THAT(ran.err, HasSubstr(row.said));
    EXPECT_FALSE(std::filesystem::exists(scratch.file("linkaudit.db"))) << row.said;
  }
}

TEST(Import, EveryBadLineIsNamed) {
  const Scratch scratch;
  scratch.write("bad.csv", kHeader + "x,taobao/item,wechat/group,direct,desk\n" + kGood +
                               "y,taobao/item,wechat/group,direct,desk\n");
  const Ran ran = scratch.linkaudit({"import", "bad.csv"});
  EXPECT_THAT(ran.err, HasSubstr("bad.csv:2: at:"));
  EXPECT_THAT(ran.err, HasSubstr("bad.csv:4: at:"));
}

TEST(Import, ByteOrderMarkQuotesAndLineBreaksInFieldsAreRead) {
  const Scratch scratch;
  scratch.write("good.csv",
                "\xEF\xBB\xBF"
                "at,link,context,outcome,observer,note\r\n"
                "2022-01-27T12:00:00+08:00,taobao/item,wechat/group,direct,\"desk, \"\"one\"\"\",\"two\nlines\"\r\n");
  ASSERT_EQ(scratch.linkaudit({"import", "good.csv"}).code, 0);
  const Ran ran = scratch.linkaudit({"query", "--format", "json"});
  EXPECT_THAT(ran.out, HasSubstr("desk, \\\"one\\\""));
  EXPECT_THAT(ran.out, HasSubstr("two\\nlines"));
}

TEST(Database, OthersAreRefusedAndLeftAsTheyWere) {
  const Scratch scratch;
  scratch.write("d.db", "this is no database, but somebody's letter\n");
  const Ran ran = scratch.linkaudit(
      {"--db", "d.db", "attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("d.db"));
  EXPECT_EQ(scratch.read("d.db"), "this is no database, but somebody's letter\n");
}

TEST(Report, UnwritablePathLeavesTheOldReport) {
  const Scratch scratch;
  ASSERT_EQ(
      scratch.linkaudit({"attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk"}).code,
      0);
  for (const std::string ending : {"xlsx", "html", "csv", "json"}) {
    const Ran ran = scratch.linkaudit({"report", "-o", "nowhere/r." + ending});
    EXPECT_EQ(ran.code, 1) << ending;
    EXPECT_THAT(ran.err, HasSubstr("nowhere/r." + ending));
  }
}

TEST(Output, FullDeviceIsAnError) {
  const Scratch scratch;
  ASSERT_EQ(
      scratch.linkaudit({"attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk"}).code,
      0);
  const Ran ran = scratch.run({"sh", "-c", std::string(LINKAUDIT_PROGRAM) + " findings > /dev/full"});
  EXPECT_EQ(ran.code, 1);
}

TEST(Attest, ScreenshotIsKeptByItsDigest) {
  const Scratch scratch;
  scratch.write("seen.png", std::string("\x89PNG\r\n\x1a\n") + "rest");
  const Ran ran = scratch.linkaudit({"attest", "taobao/item", "wechat/group", "--outcome", "blocked", "--observer",
                                     "desk", "--screenshot", "seen.png", "--format", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, testing::ContainsRegex("\"screenshot\": \"[0-9a-f]{64}\""));
  EXPECT_EQ(scratch
                .linkaudit({"attest", "taobao/item", "wechat/group", "--outcome", "blocked", "--observer", "desk",
                            "--screenshot", ".out"})
                .code,
            3);
}

}  // namespace
}  // namespace linkaudit::tests
