// The same facts judged twice, by the real program: as the log knew them, by another catalog, with accepted breaches.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kAsOf = "2022-01-27T23:59:59+08:00";

class Judging : public testing::Test {
 protected:
  Judging() {
    attest("2022-01-20T12:00:00+08:00", "blocked");
    attest("2022-01-26T12:00:00+08:00", "blocked");
  }

  // Of jd/item in WeChat's groups.
  void attest(const std::string& at, const std::string& outcome) {
    const Ran ran = scratch_.linkaudit(
        {"attest", "jd/item", "wechat/group", "--outcome", outcome, "--observer", "ann", "--at", at});
    ASSERT_EQ(ran.code, 0) << ran.err;
  }
  json as_json(std::vector<std::string> command) const {
    command.insert(command.end(), {"--format", "json"});
    const Ran ran = scratch_.linkaudit(command);
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.code == 0 ? json::parse(ran.out) : json();
  }
  json finding(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"findings",   "--as-of", kAsOf,       "--obligation", "miit-2021-unblock",
                                        "--platform", "jd",      "--context", "wechat/group"};
    command.insert(command.end(), more.begin(), more.end());
    const json document = as_json(command);
    return document.is_null() ? json::object() : document["findings"].at(0);
  }
  int gate(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"findings", "--as-of", kAsOf, "--gate"});
    return scratch_.linkaudit(more).code;
  }
  void fill_in(const std::string& name, const std::string& key, const std::string& value) const {
    std::string text = scratch_.read(name);
    const std::string empty = key + ": \"\"";
    for (auto at = text.find(empty); at != std::string::npos; at = text.find(empty)) {
      text.replace(at, empty.size(), key + ": " + value);
    }
    scratch_.write(name, text);
  }

  Scratch scratch_;
};

TEST_F(Judging, KnownAtMakesAFiledReportAgainAfterALateImport) {
  const std::vector<std::string> report = {"report", "-o", "before.csv", "--as-of", kAsOf};
  ASSERT_EQ(scratch_.linkaudit(report).code, 0);
  const json before = finding();
  scratch_.write("late.csv",
                 "at,link,context,outcome,observer\n"
                 "2021-12-01T12:00:00+08:00,jd/item,wechat/group,direct,bob\n"
                 "2022-01-27T12:00:00+08:00,jd/item,wechat/group,direct,bob\n");
  ASSERT_EQ(scratch_.linkaudit({"import", "late.csv"}).code, 0);
  EXPECT_NE(finding(), before);
  EXPECT_EQ(finding({"--known-at", "2"}), before);
  ASSERT_EQ(scratch_.linkaudit({"report", "-o", "again.csv", "--as-of", kAsOf, "--known-at", "2"}).code, 0);
  EXPECT_EQ(scratch_.read("again.csv"), scratch_.read("before.csv"));
  for (const char* command : {"matrix", "findings", "query", "runs", "report"}) {
    std::vector<std::string> asked = {command, "--known-at", "2", "--as-of", kAsOf};
    if (asked[0] == "report") asked.insert(asked.end(), {"-o", "again.html"});
    EXPECT_EQ(scratch_.linkaudit(asked).code, 0) << command;
  }
  const json matrix = as_json({"matrix", "--as-of", kAsOf, "--known-at", "2"});
  EXPECT_EQ(matrix["known_entry"], 2);
  EXPECT_EQ(as_json({"history", "jd/item", "wechat/group", "--known-at", "2"})["spans"].size(), 1U);
  EXPECT_EQ(as_json({"history", "jd/item", "wechat/group"})["spans"].size(), 2U);
  EXPECT_EQ(as_json({"query", "--known-at", "1"})["observations"].size(), 1U);
  EXPECT_THAT(as_json({"diff", "2022-01-26", "2022-01-27", "--known-at", "2"})["changes"], IsEmpty());
  EXPECT_THAT(as_json({"diff", "2022-01-26", "2022-01-27"})["changes"], Not(IsEmpty()));
}

TEST_F(Judging, KnownAtTakesAnInstantToo) {
  EXPECT_EQ(as_json({"findings", "--as-of", kAsOf, "--known-at", "2022-02-01"})["known_entry"], 0);  // recorded today
  EXPECT_EQ(as_json({"findings", "--as-of", kAsOf, "--known-at", "2999-01-01T00:00:00Z"})["known_entry"], 2);
  EXPECT_EQ(finding({"--known-at", "0"})["status"], "undetermined");
}

TEST_F(Judging, KnownAtThatCannotBeIsRefused) {
  for (const char* wrong : {"3", "-1", "yesterday", "2x"}) {
    const Ran ran = scratch_.linkaudit({"findings", std::string("--known-at=") + wrong});
    EXPECT_EQ(ran.code, 3) << wrong;
    EXPECT_THAT(ran.err, HasSubstr("--known-at: ")) << wrong;
  }
}

TEST_F(Judging, TextSaysUpToWhichEntryTheLogIsAsked) {
  const std::vector<std::string> asked = {"findings", "--as-of", kAsOf, "--known-at", "1"};
  EXPECT_THAT(scratch_.linkaudit(asked).out, HasSubstr("as the log knew it with its entries up to 1"));
  EXPECT_THAT(scratch_.linkaudit({"--lang", "zh", "findings", "--as-of", kAsOf, "--known-at", "1"}).out,
              HasSubstr("截至第 1 条记录"));
}

TEST_F(Judging, GateIsDecidedByWhatIsAskedAboutListedOrNot) {
  EXPECT_EQ(gate(), 2);
  EXPECT_EQ(gate({"--status", "met"}), 2);
  EXPECT_EQ(gate({"--open"}), 2);
  EXPECT_EQ(gate({"--tolerate", "suspected"}), 2);  // a person saw it
  EXPECT_EQ(gate({"--platform", "taobao"}), 0);
  EXPECT_EQ(gate({"--format", "json"}), 2);
  EXPECT_EQ(scratch_.linkaudit({"findings", "--as-of", kAsOf}).code, 0);
  EXPECT_EQ(scratch_.linkaudit({"findings", "--tolerate", "suspected"}).code, 3);
}

TEST_F(Judging, BaselineIsRefusedUntilSomebodyAnswersForIt) {
  ASSERT_EQ(scratch_.linkaudit({"findings", "--as-of", kAsOf, "--write-baseline", "b.yaml"}).code, 0);
  const Ran again = scratch_.linkaudit({"findings", "--as-of", kAsOf, "--write-baseline", "b.yaml"});
  EXPECT_EQ(again.code, 3);
  EXPECT_THAT(again.err, HasSubstr("b.yaml is there already"));
  const Ran bare = scratch_.linkaudit({"findings", "--as-of", kAsOf, "--gate", "--baseline", "b.yaml"});
  EXPECT_EQ(bare.code, 3);
  EXPECT_THAT(bare.err, HasSubstr("b.yaml:"));
  EXPECT_THAT(bare.err, HasSubstr("justification"));
  fill_in("b.yaml", "justification", "\"vendor migrates until March\"");
  EXPECT_EQ(gate({"--baseline", "b.yaml"}), 3);
  fill_in("b.yaml", "approver", "\"head of compliance\"");
  EXPECT_EQ(gate({"--baseline", "b.yaml"}), 0);
  EXPECT_EQ(gate(), 2);  // without it nothing has changed
}

TEST_F(Judging, AcceptedBreachesAreExemptAndCountWithAndWithout) {
  ASSERT_EQ(scratch_.linkaudit({"findings", "--as-of", kAsOf, "--write-baseline", "b.yaml"}).code, 0);
  fill_in("b.yaml", "justification", "\"vendor migrates\"");
  fill_in("b.yaml", "approver", "\"head of compliance\"");
  const json plain = as_json({"findings", "--as-of", kAsOf});
  const json accepted = as_json({"findings", "--as-of", kAsOf, "--baseline", "b.yaml"});
  const json breached = plain["totals"]["breached"];
  ASSERT_GT(breached, 0);
  EXPECT_EQ(accepted["totals"]["breached"], 0);
  EXPECT_EQ(accepted["totals"]["exempt"], breached);
  EXPECT_EQ(accepted["totals"]["without_waivers"]["breached"], breached);
  EXPECT_EQ(accepted["totals"]["in_force"], plain["totals"]["in_force"]);
  EXPECT_EQ(accepted["waivers"].size(), breached.get<std::size_t>());
  const json exempt = finding({"--baseline", "b.yaml"});
  EXPECT_EQ(exempt["status"], "exempt");
  EXPECT_EQ(exempt["would_be"], "breached");
  attest("2022-01-27T10:00:00+08:00", "direct");  // accepted no more than it is needed for
  EXPECT_EQ(finding({"--baseline", "b.yaml"})["would_be"], "met");
  EXPECT_EQ(scratch_.linkaudit({"findings", "--as-of", "2023-01-27", "--gate", "--baseline", "b.yaml"}).code, 0);
}

TEST_F(Judging, BreachThatNobodyAcceptedStillFailsTheGate) {
  ASSERT_EQ(
      scratch_
          .linkaudit({"findings", "--as-of", kAsOf, "--obligation", "miit-2021-unblock", "--write-baseline", "b.yaml"})
          .code,
      0);
  fill_in("b.yaml", "justification", "\"vendor migrates\"");
  fill_in("b.yaml", "approver", "\"head of compliance\"");
  EXPECT_EQ(gate({"--baseline", "b.yaml", "--obligation", "miit-2021-unblock"}), 0);
  EXPECT_EQ(gate({"--baseline", "b.yaml"}), 2);  // other clauses, which it does not name
  attest("2022-01-27T11:00:00+08:00", "blocked");
  const Ran elsewhere = scratch_.linkaudit({"attest", "jd/item", "wechat/one_to_one", "--outcome", "blocked",
                                            "--observer", "ann", "--at", "2022-01-27T11:00:00+08:00"});
  ASSERT_EQ(elsewhere.code, 0) << elsewhere.err;
  EXPECT_EQ(gate({"--baseline", "b.yaml", "--obligation", "miit-2021-unblock"}), 2);
}

TEST_F(Judging, BaselineThatIsMoreThanWaiversIsRefused) {
  const std::pair<const char*, const char*> table[] = {
      {"version: 1\nobligations: [{id: miit-2021-unblock, enabled: false}]\n", "b.yaml:2: obligations: is not for"},
      {"version: 1\njudgement: {ttl_days: {attestation: 1}}\n", "b.yaml:2: judgement: is not for"},
      {"version: 1\nwaivers: [{id: W, scope: {platforms: [jd]}, justification: x, approver: y, from: 2022-01-01}]\n",
       "expires"},
      {"version: 1\nwaivers: [{id: W, justification: x, approver: y, from: 2022-01-01, expires: 2022-12-31}]\n",
       "scope"},
      {"version: 1\nwaivers: [{id: W, scope: {platforms: [jd]}, obligations: [no-such], justification: x, approver: y, "
       "from: 2022-01-01, expires: 2022-12-31}]\n",
       "no-such"},
      {"version: 1\nwaivers: [{id: W, scope: {platforms: [jd]}, justification: x, approver: y, from: 2022-13-01, "
       "expires: 2022-12-31}]\n",
       "from"},
      {"waivers: [\n", "b.yaml:"},
  };
  for (const auto& [text, complaint] : table) {
    scratch_.write("b.yaml", text);
    const Ran ran = scratch_.linkaudit({"findings", "--as-of", kAsOf, "--gate", "--baseline", "b.yaml"});
    EXPECT_EQ(ran.code, 3) << text;
    EXPECT_THAT(ran.err, HasSubstr(complaint)) << text;
  }
}

TEST_F(Judging, BaselineCannotTouchTheWaiversOfTheCatalog) {
  const std::string waiver =
      "waivers: [{id: W-1, scope: {platforms: [taobao]}, justification: x, approver: y, from: 2022-01-01, expires: ";
  scratch_.write("linkaudit.yaml", "version: 1\n" + waiver + "2022-06-01}]\n");
  scratch_.write("b.yaml", "version: 1\n" + waiver + "2099-01-01}]\n");
  const Ran ran = scratch_.linkaudit({"findings", "--as-of", kAsOf, "--gate", "--baseline", "b.yaml"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("the catalog has this waiver already"));
}

TEST_F(Judging, AnotherCatalogJudgesTheSameFacts) {
  scratch_.write("later.yaml", "version: 1\nobligations: [{id: miit-2021-unblock, effective: 2022-02-01}]\n");
  EXPECT_EQ(finding()["status"], "breached");
  EXPECT_EQ(finding({"--catalog", "later.yaml"})["status"], "not_due");
  const json document = as_json({"diff", "--catalog", "later.yaml", "--as-of", kAsOf});
  ASSERT_EQ(document["changes"].size(), 1U) << document.dump(1);
  const json change = document["changes"][0];
  EXPECT_EQ(change["from"], "breached");
  EXPECT_EQ(change["to"], "not_due");
  EXPECT_EQ(change["cause"], "rule");
  EXPECT_EQ(change["reasons"][0]["kind"], "obligation");
  EXPECT_EQ(change["reasons"][0]["id"], "miit-2021-unblock");
  EXPECT_EQ(change["reasons"][0]["detail"], "effective");
  EXPECT_NE(document["catalog_from"], document["catalog_to"]);
  scratch_.write("plain.yaml", "version: 1\n");
  const json reversed = as_json({"diff", "--catalog", "later.yaml", "--catalog", "plain.yaml", "--as-of", kAsOf});
  EXPECT_EQ(reversed["changes"][0]["from"], "not_due");
  const Ran text = scratch_.linkaudit({"--lang", "zh", "diff", "--catalog", "later.yaml", "--as-of", kAsOf});
  EXPECT_THAT(text.out, HasSubstr("规则变化"));
  const Ran csv = scratch_.linkaudit({"--format", "csv", "diff", "--catalog", "later.yaml", "--as-of", kAsOf});
  EXPECT_THAT(csv.out, HasSubstr("clause miit-2021-unblock: changed (effective)"));
}

TEST_F(Judging, DiffThatNamesNoTwoJudgementsIsRefused) {
  EXPECT_EQ(scratch_.linkaudit({"diff"}).code, 3);
  EXPECT_EQ(scratch_.linkaudit({"diff", "2022-01-02", "2022-01-01"}).code, 3);
  EXPECT_EQ(scratch_.linkaudit({"diff", "2022-01-02", "--as-of", "2022-01-01"}).code, 3);
}

}  // namespace
}  // namespace linkaudit::tests
