// What persons said, taken back or corrected, through the program: it counts no more, it stays, and then is then.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Corrections : public testing::Test {
 protected:
  Ran run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--db", "d.db"});
    return scratch_.linkaudit(arguments);
  }
  json ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--format", "json"});
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, 0) << ran.err;
    return json::parse(ran.out);
  }
  // Entry 1 is ann's blocked, entry 2 bob's direct in another context; both of 2022-01-27.
  void SetUp() override {
    said("taobao/item", "wechat/group", "blocked", "ann");
    said("taobao/item", "wechat/one_to_one", "direct", "bob");
  }
  void said(const std::string& link, const std::string& context, const std::string& outcome,
            const std::string& who) const {
    const Ran ran = run({"attest", link, context, "--outcome", outcome, "--observer", who, "--at",
                         "2022-01-27T12:00:00+08:00", "--valid-days", "3660"});
    ASSERT_EQ(ran.code, 0) << ran.err;
  }
  std::string status(const std::string& context, const std::string& known = "") const {
    std::vector<std::string> arguments = {"findings",  "--as-of", "2022-01-28",   "--platform",       "taobao",
                                          "--context", context,   "--obligation", "miit-2021-unblock"};
    if (!known.empty()) arguments.insert(arguments.end(), {"--known-at", known});
    return ask(arguments)["findings"].at(0)["status"];
  }
  std::string entries() const { return scratch_.run({"sqlite3", "d.db", "SELECT count(*) FROM entry"}).out; }
  // One line that says it, exit 3, nothing written.
  void expect_refused(const std::vector<std::string>& arguments, const char* said) const {
    const std::string before = entries();
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, 3) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr(said));
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    EXPECT_EQ(entries(), before);
  }
  void TearDown() override { EXPECT_THAT(run({"ledger", "verify"}).out, HasSubstr("verified")); }

  Scratch scratch_;
};

TEST_F(Corrections, WithdrawnWordCountsNoMoreAndIsShownWithWhoAndWhy) {
  ASSERT_EQ(status("wechat/group"), "breached");
  const Ran ran = run({"attest", "--withdraw", "1", "--observer", "head", "--note", "the wrong chat"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("entry 3"));
  EXPECT_EQ(status("wechat/group"), "undetermined");
  EXPECT_EQ(status("wechat/one_to_one"), "met");
  EXPECT_EQ(status("wechat/group", "2"), "breached");  // as the log knew it then
  EXPECT_EQ(ask({"query", "--known-at", "2"})["observations"].at(0)["withdrawn"], nullptr);
  EXPECT_EQ(ask({"history", "taobao/item", "wechat/group", "--known-at", "2"})["spans"].size(), 1U);

  const json seen = ask({"query"})["observations"];
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0]["withdrawn"]["entry"], 3);
  EXPECT_EQ(seen[0]["withdrawn"]["by"], "head");
  EXPECT_EQ(seen[0]["withdrawn"]["note"], "the wrong chat");
  EXPECT_EQ(seen[0]["withdrawn"]["replaced_by"], nullptr);
  EXPECT_EQ(seen[1]["withdrawn"], nullptr);
  EXPECT_THAT(run({"query"}).out, HasSubstr("the wrong chat"));
  EXPECT_THAT(run({"--format", "csv", "query"}).out, HasSubstr("3,head,the wrong chat,"));

  const json history = ask({"history", "taobao/item", "wechat/group"});
  EXPECT_EQ(history["spans"].size(), 0U);
  EXPECT_EQ(history["withdrawn"].at(0)["entry"], 1);
  EXPECT_THAT(run({"history", "taobao/item", "wechat/group"}).out, HasSubstr("the wrong chat"));
}

TEST_F(Corrections, CorrectedWordIsReplacedByOneOfTheSameLook) {
  const Ran ran = run({"attest", "--corrects", "1", "--outcome", "direct", "--observer", "ann", "--note", "misread"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("entry 3"), HasSubstr("entry 4"), HasSubstr("entry 1")));
  const json seen = ask({"query", "--context", "wechat/group"})["observations"];
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0]["withdrawn"]["replaced_by"], 3);
  EXPECT_EQ(seen[1]["corrects"], 1);
  EXPECT_EQ(seen[1]["at"], seen[0]["at"]);
  EXPECT_EQ(seen[1]["link"], "taobao/item");
  const json history = ask({"history", "taobao/item", "wechat/group", "--as-of", "2022-01-28"});
  EXPECT_EQ(history["spans"].size(), 1U);
  EXPECT_EQ(history["spans"][0]["outcome"], "direct");
}

TEST_F(Corrections, OfACorrectionMakeAChain) {
  ASSERT_EQ(run({"attest", "--corrects", "1", "--outcome", "direct", "--observer", "ann", "--note", "misread"}).code,
            0);
  ASSERT_EQ(
      run({"attest", "--corrects", "3", "--outcome", "confirm", "--observer", "ann", "--note", "a page between"}).code,
      0);
  const json history = ask({"history", "taobao/item", "wechat/group"});
  EXPECT_EQ(history["spans"].at(0)["outcome"], "confirm");
  EXPECT_EQ(history["withdrawn"].size(), 2U);
  EXPECT_EQ(history["withdrawn"][1]["corrects"], 1);
}

TEST_F(Corrections, ThatCannotBeAreRefusedInOneLine) {
  ASSERT_EQ(run({"attest", "--withdraw", "2", "--observer", "bob", "--note", "asleep"}).code, 0);
  const std::vector<std::string> by = {"--observer", "ann", "--note", "why"};
  const auto with = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "attest");
    arguments.insert(arguments.end(), by.begin(), by.end());
    return arguments;
  };
  expect_refused(with({"--withdraw", "9"}), "the log has no entry 9");
  expect_refused(with({"--withdraw", "0"}), "the log has no entry 0");
  expect_refused(with({"--withdraw", "2"}), "entry 2 was withdrawn already, by entry 3");
  expect_refused(with({"--withdraw", "3"}), "entry 3 is no attestation but of type annotation");
  expect_refused(with({"--withdraw", "x"}), "--withdraw");
  expect_refused(with({"--withdraw", "1", "--outcome", "direct"}), "excludes");
  expect_refused(with({"--corrects", "9", "taobao/item", "wechat/group", "--outcome", "direct"}),
                 "corrects: the log has no entry 9");
  expect_refused(with({"--corrects", "2", "--outcome", "blocked"}),
                 "corrects: entry 2 was withdrawn already, by entry 3");
  expect_refused(with({"--corrects", "one", "taobao/item", "wechat/group", "--outcome", "direct"}),
                 "corrects: \"one\" is not");
  expect_refused(with({"--corrects", "1", "taobao/item", "wechat/moments", "--outcome", "direct"}),
                 "corrects: entry 1 is of taobao/item in wechat/group");
  expect_refused({"attest", "--corrects", "1", "--outcome", "direct", "--observer", "ann"}, "note: is missing");
  expect_refused({"attest", "--withdraw", "1", "--note", "why"}, "observer: is missing");
  expect_refused({"attest", "--withdraw", "1", "--observer", "ann"}, "note: is missing");
}

TEST_F(Corrections, WithNoDatabaseMakeNone) {
  const Scratch empty;
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"attest", "--withdraw", "1", "--observer", "a", "--note", "b"},
                                             {"attest", "--corrects", "1", "taobao/item", "wechat/group", "--outcome",
                                              "direct", "--observer", "a", "--note", "b"},
                                             {"annotate", "1", "--by", "a", "--note", "b"}}) {
    const Ran ran = empty.linkaudit(command);
    EXPECT_EQ(ran.code, 3) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(empty.file("linkaudit.db")));
  }
}

TEST_F(Corrections, ByFileAreAllOrNoneWithEveryBadLineNamed) {
  const std::string header = "at,link,context,outcome,observer,note,corrects\n";
  const std::string good = "2022-01-27T12:00:00+08:00,taobao/item,wechat/group,direct,ann,misread,1\n";
  scratch_.write("bad.csv", header + good + "2022-01-27T12:00:00+08:00,taobao/item,wechat/group,confirm,ann,again,1\n" +
                                "2022-01-27T12:00:00+08:00,taobao/item,wechat/group,direct,ann,x,2\n" +
                                "2022-01-27T12:00:00+08:00,taobao/item,wechat/group,direct,ann,x,77\n" +
                                "2022-01-27T12:00:00+08:00,taobao/item,wechat/group,direct,ann,,1\n");
  const Ran bad = run({"import", "bad.csv"});
  EXPECT_EQ(bad.code, 3);
  EXPECT_THAT(bad.err, AllOf(HasSubstr("bad.csv:3: corrects: entry 1 is corrected by an earlier line, too"),
                             HasSubstr("bad.csv:4: corrects: entry 2 is of taobao/item in wechat/one_to_one"),
                             HasSubstr("bad.csv:5: corrects: the log has no entry 77"),
                             HasSubstr("bad.csv:6: note: is missing"), Not(HasSubstr("bad.csv:2:"))));
  EXPECT_EQ(ask({"query"})["observations"].size(), 2U);

  scratch_.write("good.csv", header + good + "2022-01-28T12:00:00+08:00,taobao/item,wechat/group,direct,ann,,\n");
  const json first = ask({"import", "good.csv"});
  EXPECT_EQ(first, (json{{"imported", 2}, {"known", 0}, {"known_withdrawn", 0}, {"corrections", 1}}));
  const json again = ask({"import", "good.csv"});  // changes nothing
  EXPECT_EQ(again, (json{{"imported", 0}, {"known", 2}, {"known_withdrawn", 0}, {"corrections", 0}}));
  EXPECT_EQ(ask({"query"})["observations"].size(), 4U);
}

TEST_F(Corrections, WhatWasWithdrawnDoesNotComeBackWithTheSameFile) {
  const std::string text =
      "at,link,context,outcome,observer\n2022-01-27T12:00:00+08:00,jd/item,wechat/group,blocked,ann\n";
  scratch_.write("a.csv", text);
  ASSERT_EQ(run({"import", "a.csv"}).code, 0);
  ASSERT_EQ(run({"attest", "--withdraw", "3", "--observer", "ann", "--note", "not mine"}).code, 0);
  EXPECT_EQ(ask({"import", "a.csv"})["known_withdrawn"], 1);
  EXPECT_EQ(ask({"history", "jd/item", "wechat/group"})["spans"].size(), 0U);
}

TEST_F(Corrections, ByFileBringTheirScreenshots) {
  const std::string png = std::string("\x89PNG\r\n\x1a\n", 8) + "rest of it";
  std::filesystem::create_directory(scratch_.file("in"));
  scratch_.write("in/a.png", png);
  scratch_.write("in/b.png", "no picture");
  const std::string header = "at,link,context,outcome,observer,screenshot\n",
                    row = "2022-01-27T12:00:00+08:00,jd/item,wechat/group,blocked,ann,";
  scratch_.write("in/bad.csv", header + row + "a.png\n" + row + "b.png\n" + row + "c.png\n");
  const Ran bad = run({"import", "in/bad.csv"});
  EXPECT_EQ(bad.code, 3);
  EXPECT_THAT(bad.err,
              AllOf(HasSubstr("in/bad.csv:3: screenshot: b.png"),
                    HasSubstr("in/bad.csv:4: screenshot: in/c.png: cannot be read"), Not(HasSubstr("bad.csv:2:"))));
  scratch_.write("in/good.csv", header + row + "a.png\n");
  ASSERT_EQ(run({"import", "in/good.csv"}).code, 0);
  const json seen = ask({"query", "--link", "jd/item"})["observations"].at(0);
  EXPECT_EQ(scratch_.run({"sqlite3", "d.db", "SELECT sha256 FROM v_evidence WHERE kind = 'screenshot'"}).out,
            seen["screenshot"].get<std::string>() + "\n");
}

TEST_F(Corrections, AreStruckThroughInThePageAndTheWorkbook) {
  ASSERT_EQ(run({"attest", "--corrects", "1", "--outcome", "direct", "--observer", "ann", "--note", "misread"}).code,
            0);
  for (const char* name : {"r.html", "r.xlsx", "r.json"}) {
    ASSERT_EQ(run({"report", "-o", name, "--as-of", "2022-01-28"}).code, 0);
  }
  const std::string page = scratch_.read("r.html");
  EXPECT_THAT(page,
              AllOf(HasSubstr("<s>taobao/item</s>"), HasSubstr("misread"), HasSubstr("id=\"table-annotations\"")));
  const json report = json::parse(scratch_.read("r.json"));
  EXPECT_EQ(report["tables"]["annotations"].at(0)["about"], 1);
  EXPECT_EQ(report["tables"]["annotations"].at(0)["said_before"], "blocked");
  EXPECT_EQ(report["tables"]["annotations"].at(0)["said_after"], "direct");
  EXPECT_EQ(report["tables"]["observations"].at(0)["withdrawn_by"], 4);
  const Ran styles = scratch_.run({"unzip", "-p", "r.xlsx", "xl/styles.xml"});
  EXPECT_THAT(styles.out, HasSubstr("<strike"));
}

TEST_F(Corrections, GoWithTheirEntriesIntoAnotherLog) {
  ASSERT_EQ(run({"attest", "--corrects", "1", "--outcome", "direct", "--observer", "ann", "--note", "misread"}).code,
            0);
  ASSERT_EQ(run({"annotate", "2", "--note", "on a rented phone", "--by", "head"}).code, 0);
  scratch_.write("lines.ndjson", run({"--format", "ndjson", "export"}).out);
  const auto there = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--db", "other.db"});
    return scratch_.linkaudit(arguments);
  };
  ASSERT_EQ(there({"attest", "jd/item", "wechat/group", "--outcome", "direct", "--observer", "eve"}).code, 0);
  const Ran first = there({"import", "lines.ndjson"});
  EXPECT_EQ(first.out, "5 imported, 0 known already\n") << first.err;
  EXPECT_EQ(there({"import", "lines.ndjson"}).out, "0 imported, 5 known already\n");
  EXPECT_EQ(scratch_.run({"sqlite3", "other.db", "SELECT kind, about, replacement FROM v_annotations"}).out,
            "correction|2|4\nnote|3|\n");
  EXPECT_THAT(there({"ledger", "verify"}).out, HasSubstr("verified"));
  const std::string lines = scratch_.read("lines.ndjson");
  scratch_.write("cut.ndjson", lines.substr(lines.find('\n') + 1));
  const Ran cut = there({"import", "cut.ndjson"});
  EXPECT_EQ(cut.code, 3);
  EXPECT_THAT(cut.err, HasSubstr("cut.ndjson:3: speaks of entry 1, which is on no line before it"));
  std::vector<std::string> each;
  std::istringstream all(lines);
  for (std::string line; std::getline(all, line);) each.push_back(line + '\n');
  ASSERT_EQ(each.size(), 5U);
  scratch_.write("gap.ndjson", each[0] + each[1] + each[3] + each[4]);
  EXPECT_THAT(there({"import", "gap.ndjson"}).err,
              HasSubstr("gap.ndjson:3: speaks of entry 3, which is on no line before it; entry 4 stands behind entry 2 "
                        "on line 3, so lines are missing or out of order"));
  scratch_.write("late.ndjson", each[0] + each[2] + each[3] + each[4] + each[1]);
  EXPECT_THAT(
      there({"import", "late.ndjson"}).err,
      HasSubstr("late.ndjson:4: speaks of entry 2, which is on no line before it; entry 3 stands behind entry 1 "
                "on line 2, so lines are missing or out of order"));
  // All that is spoken of stands before.
  scratch_.write("swapped.ndjson", each[1] + each[0] + each[2] + each[3] + each[4]);
  const Ran swapped = scratch_.linkaudit({"--db", "swapped.db", "import", "swapped.ndjson"});
  EXPECT_EQ(swapped.out, "5 imported, 0 known already\n") << swapped.err;
  scratch_.write("less.ndjson", each[0] + each[2] + each[3]);
  const Ran less = scratch_.linkaudit({"--db", "less.db", "import", "less.ndjson"});
  EXPECT_EQ(less.out, "3 imported, 0 known already\n") << less.err;
}

TEST_F(Corrections, NotesChangeNoFinding) {
  const Ran ran = run({"annotate", "1", "--note", "seen on a rented phone", "--by", "head"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(status("wechat/group"), "breached");
  const json seen = ask({"query"})["observations"];
  EXPECT_EQ(seen[0]["withdrawn"], nullptr);
  EXPECT_EQ(seen[0]["annotations"].at(0)["note"], "seen on a rented phone");
  EXPECT_THAT(run({"--format", "csv", "query"}).out, HasSubstr("head: seen on a rented phone"));
  expect_refused({"annotate", "9", "--note", "x", "--by", "y"}, "the log has no entry 9");
  expect_refused({"annotate", "1", "--note", " ", "--by", "y"}, "--note");
  expect_refused({"annotate", "1", "--note", "x"}, "--by");
}

TEST_F(Corrections, AreCountedApart) {
  ASSERT_EQ(run({"attest", "--withdraw", "1", "--observer", "head", "--note", "the wrong chat"}).code, 0);
  const json accounting = ask({"runs"})["accounting"];
  EXPECT_EQ(accounting["attestations"], 1);
  EXPECT_EQ(accounting["withdrawn"], 1);
}

}  // namespace
}  // namespace linkaudit::tests
