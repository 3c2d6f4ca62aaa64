// Newer rules applied to what was seen before, by the real program on the lab.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/lab_process.h"
#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kOld = "lab/linkaudit.yaml";
constexpr const char* kNew = "lab/newer.yaml";

// The lab is looked at once; each test has a copy of what was logged.
class Reclassify : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch_ = new Scratch;
    lab_ = new LabProcess(*scratch_);
    const Ran ran = scratch_->linkaudit({"--catalog", kOld, "run", "--all", "--context", "wechat/moments"});
    EXPECT_THAT(ran.code, testing::AnyOf(0, 4)) << ran.err;
    scratch_->write(kNew, scratch_->read(kOld) +
                              "\nrules:\n  - {id: every-wechat-page, version: 7, host: wechat, by: host, "
                              "outcome: challenge, when: {url_host: [weixin110.qq.com]}}\n");
  }
  static void TearDownTestSuite() {
    delete lab_;
    delete scratch_;
  }
  void SetUp() override {
    const Ran ran = scratch_->run({"sh", "-c", "for f in linkaudit.db*; do cp $f copy${f#linkaudit}; done"});
    ASSERT_EQ(ran.code, 0) << ran.err;
  }

  static Ran linkaudit(std::vector<std::string> arguments, const std::string& catalog = kOld) {
    arguments.insert(arguments.begin(), {"--db", "copy.db", "--catalog", catalog});
    return scratch_->linkaudit(arguments);
  }
  static json asked(std::vector<std::string> arguments, const std::string& catalog = kOld) {
    arguments.insert(arguments.end(), {"--format", "json"});
    const Ran ran = linkaudit(arguments, catalog);
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.code == 0 ? json::parse(ran.out) : json();
  }
  static json entry(int number) {
    const json document = asked({"query"});
    for (const json& each : document["observations"]) {
      if (each["entry"] == number) return each;
    }
    ADD_FAILURE() << "no entry " << number;
    return {};
  }
  static int size() { return asked({"ledger", "verify"})["entries"]; }
  static json findings(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"findings", "--as-of", "2999-01-01"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return asked(arguments)["findings"];
  }

  static inline Scratch* scratch_ = nullptr;
  static inline LabProcess* lab_ = nullptr;
};

TEST_F(Reclassify, WritesNewEntriesThatNameTheOldAndBothRules) {
  const json changes = asked({"catalog", "test"}, kNew)["changes"];
  ASSERT_FALSE(changes.empty());
  const json done = asked({"reclassify"}, kNew);
  EXPECT_EQ(done["written"], changes.size());
  ASSERT_EQ(done["changes"].size(), changes.size());
  for (const json& change : done["changes"]) {
    const json old = entry(change["entry"]), now = entry(change["replaced_by"]);
    EXPECT_EQ(old["outcome"], change["before"]["outcome"]);  // as it was written
    EXPECT_EQ(old["rule"], change["before"]["rule"]);
    EXPECT_EQ(now["outcome"], "challenge");
    EXPECT_EQ(now["rule"], "every-wechat-page");
    EXPECT_EQ(now["rule_version"], 7);
    EXPECT_EQ(now["corrects"], change["entry"]);
    for (const char* same : {"at", "link", "url", "context", "tier", "vantage", "evidence", "page", "hops"}) {
      EXPECT_EQ(now[same], old[same]) << same;
    }
    ASSERT_EQ(old["annotations"].size(), 1U) << old.dump(1);
    const json said = old["annotations"][0];
    EXPECT_EQ(said["kind"], "reclassification");
    EXPECT_EQ(said["replaced_by"], change["replaced_by"]);
    EXPECT_THAT(said["note"].get<std::string>(), HasSubstr(" -> every-wechat-page v7"));
    EXPECT_THAT(said["note"].get<std::string>(), HasSubstr(change["before"]["rule"].get<std::string>() + " v"));
    EXPECT_THAT(said["by"].get<std::string>(), HasSubstr("catalog "));
  }
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
}

TEST_F(Reclassify, NewWordHoldsFromItsRecordingOn) {
  const json before = findings();
  const std::string known = std::to_string(size());
  const json moved = asked({"reclassify"}, kNew)["changes"];
  ASSERT_FALSE(moved.empty());
  EXPECT_NE(findings(), before);
  EXPECT_EQ(findings({"--known-at", known}), before);
  const std::string link = moved[0]["link"];
  const json spans = asked({"history", link, "wechat/moments"})["spans"];
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_EQ(spans[0]["outcome"], "challenge");
  EXPECT_EQ(spans[0]["first_entry"], moved[0]["replaced_by"]);
  const json then = asked({"history", link, "wechat/moments", "--known-at", known})["spans"];
  EXPECT_EQ(then[0]["outcome"], moved[0]["before"]["outcome"]);
}

TEST_F(Reclassify, SecondTimeThereIsNothingToDo) {
  ASSERT_GT(asked({"reclassify"}, kNew)["written"], 0);
  const int entries = size();
  const json again = asked({"reclassify"}, kNew);
  EXPECT_EQ(again["written"], 0);
  EXPECT_EQ(again["changed"], 0);
  EXPECT_EQ(size(), entries);
  EXPECT_EQ(asked({"catalog", "test"}, kNew)["changed"], 0);
  EXPECT_THAT(linkaudit({"reclassify"}, kNew).out, HasSubstr("; 0 judged otherwise"));
}

TEST_F(Reclassify, BackToTheOldRulesIsAnotherEntry) {
  const json there = asked({"reclassify"}, kNew)["changes"];
  const json back = asked({"reclassify"}, kOld)["changes"];
  ASSERT_EQ(back.size(), there.size());
  EXPECT_EQ(back[0]["entry"], there[0]["replaced_by"]);
  EXPECT_EQ(back[0]["after"], there[0]["before"]);
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
}

TEST_F(Reclassify, DryRunShowsWhatItWouldWriteAndWritesNothing) {
  const int entries = size();
  const json would = asked({"reclassify", "--dry-run"}, kNew);
  EXPECT_EQ(would["dry_run"], true);
  EXPECT_EQ(would["written"], 0);
  EXPECT_EQ(size(), entries);
  const json done = asked({"reclassify"}, kNew);
  EXPECT_EQ(would["changed"], done["changed"]);
  EXPECT_THAT(linkaudit({"--lang", "zh", "reclassify", "--dry-run"}).out, HasSubstr("本次未写入"));
}

TEST_F(Reclassify, LooksAreCountedOnce) {
  const json before = asked({"runs"});
  ASSERT_GT(asked({"reclassify"}, kNew)["written"], 0);
  const json after = asked({"runs"});
  EXPECT_EQ(after["accounting"], before["accounting"]);
  EXPECT_EQ(after["periods"], before["periods"]);
}

TEST_F(Reclassify, FiltersSayOfWhat) {
  const json all = asked({"reclassify", "--dry-run"}, kNew);
  const json some = asked({"reclassify", "--platform", "taobao"}, kNew);
  EXPECT_GT(some["written"], 0);
  EXPECT_LT(some["written"], all["changed"]);
  for (const json& change : some["changes"]) EXPECT_EQ(change["platform"], "taobao");
}

TEST_F(Reclassify, DiffOfTheTwoCatalogsReadsTheKeptPagesByBoth) {
  const Ran ran =
      scratch_->linkaudit({"--db", "copy.db", "diff", "--catalog", kOld, "--catalog", kNew, "--format", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const json document = json::parse(ran.out);
  EXPECT_GT(document["read_otherwise"], 0);
  ASSERT_FALSE(document["changes"].empty());
  for (const json& change : document["changes"]) {
    EXPECT_EQ(change["cause"], "rule");
    EXPECT_EQ(change["context"], "wechat/moments");
    ASSERT_FALSE(change["reasons"].empty()) << change.dump(1);
    EXPECT_EQ(change["reasons"][0]["kind"], "rule");
    EXPECT_EQ(change["reasons"][0]["id"], "every-wechat-page");
  }
}

TEST(ReclassifyWithoutADatabase, IsRefusedAndMakesNone) {
  const Scratch scratch;
  EXPECT_EQ(scratch.linkaudit({"reclassify"}).code, 3);
  EXPECT_EQ(scratch.run({"test", "-e", "linkaudit.db"}).code, 1);
}

}  // namespace
}  // namespace linkaudit::tests
