// The casebook of dated press tests, imported and judged by the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using nlohmann::json;

constexpr const char* kCasebook = LINKAUDIT_SOURCE_ROOT "/audit/catalog/casebook.csv";
constexpr const char* kEnd = "2022-01-27T23:59:59+08:00";

class Casebook : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch_ = new Scratch;
    imported_ = scratch_->linkaudit({"--db", "d.db", "import", kCasebook});
  }
  static void TearDownTestSuite() {
    delete scratch_;
    scratch_ = nullptr;
  }

  static json findings(const std::string& as_of) {
    const Ran ran = scratch_->linkaudit({"--db", "d.db", "findings", "--as-of", as_of, "--format", "json"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    return json::parse(ran.out);
  }

  static json finding(const json& document, const std::string& obligation, const std::string& platform,
                      const std::string& context) {
    for (const json& each : document["findings"]) {
      if (each["obligation"] == obligation && each["platform"] == platform && each["context"] == context) return each;
    }
    ADD_FAILURE() << "no finding for " << obligation << " " << platform << " " << context;
    return {};
  }

  static inline Scratch* scratch_ = nullptr;
  static inline Ran imported_;
};

TEST_F(Casebook, ImportTakesEveryRow) {
  EXPECT_EQ(imported_.code, 0) << imported_.err;
  EXPECT_EQ(imported_.out, "18 imported, 0 known already\n");
}

struct Expected {
  const char *as_of, *platform, *context, *status;
  json days_overdue;
  const char* outcome;
};

TEST_F(Casebook, DeadlineIsJudgedAsThePressSawIt) {
  const Expected table[] = {
      {kEnd, "taobao", "wechat/one_to_one", "met", nullptr, "direct"},
      {kEnd, "xianyu", "wechat/one_to_one", "met", nullptr, "direct"},
      {kEnd, "douyin_shop", "wechat/one_to_one", "met", nullptr, "direct"},
      {kEnd, "taobao", "wechat/group", "met", nullptr, "direct"},
      {kEnd, "taobao", "wechat/moments", "breached", 132, "external_browser"},
      {kEnd, "xianyu", "wechat/group", "undetermined", nullptr, nullptr},  // nobody has looked
      {"2021-10-01", "taobao", "wechat/one_to_one", "breached", 14, "external_browser"},
      {"2021-10-01", "taobao", "wechat/group", "breached", 14, "blocked"},
  };
  for (const Expected& row : table) {
    const json found = finding(findings(row.as_of), "miit-2021-unblock", row.platform, row.context);
    const std::string place = std::string(row.as_of) + " " + row.platform + " " + row.context;
    EXPECT_EQ(found["status"], row.status) << place;
    EXPECT_EQ(found["days_overdue"], row.days_overdue) << place;
    EXPECT_EQ(found["outcome"], row.outcome == nullptr ? json(nullptr) : json(row.outcome)) << place;
  }
}

TEST_F(Casebook, BreachInMomentsIsConfirmedByInAppEvidence) {
  const json found = finding(findings(kEnd), "miit-2021-unblock", "taobao", "wechat/moments");
  EXPECT_EQ(found["confidence"], "confirmed");
  EXPECT_EQ(found["blame"], "host");
  EXPECT_EQ(found["since"], "2022-01-27T04:00:00Z");
  EXPECT_EQ(found["entries"].size(), 1u);
}

TEST_F(Casebook, BeforeTheDeadlineNothingIsDue) {
  const json document = findings("2021-09-16");
  ASSERT_FALSE(document["findings"].empty());
  for (const json& each : document["findings"]) EXPECT_EQ(each["status"], "not_due") << each;
}

TEST_F(Casebook, FactsOfTheTestAreKept) {
  const Ran ran = scratch_->linkaudit({"--db", "d.db", "query", "--link", "taobao/item", "--context",
                                       "wechat/one_to_one", "--since", "2022-01-01", "--format", "json"});
  const json seen = json::parse(ran.out)["observations"].at(0);
  const json facts = {{"add_to_cart", "yes"},
                      {"buy_now", "yes"},
                      {"login_first", "no"},
                      {"payment", "alipay"},
                      {"one_tap_share", "no"}};
  EXPECT_EQ(seen["facts"], facts);
  EXPECT_EQ(seen["tier"], "in_app");
  EXPECT_EQ(seen["opens_directly"], true);
}

TEST_F(Casebook, ImportedAgainAddsNothing) {
  const Ran again = scratch_->linkaudit({"--db", "d.db", "import", kCasebook});
  EXPECT_EQ(again.code, 0);
  EXPECT_EQ(again.out, "0 imported, 18 known already\n");
}

TEST_F(Casebook, FindingsAreTheSameBytesTwice) {
  for (const char* format : {"json", "csv", "text"}) {
    const std::vector<std::string> command = {"--db", "d.db", "findings", "--as-of", kEnd, "--format", format};
    EXPECT_EQ(scratch_->linkaudit(command).out, scratch_->linkaudit(command).out) << format;
  }
}

TEST_F(Casebook, ReportsAreTheSameBytesTwice) {
  for (const std::string ending : {"xlsx", "html", "csv", "json"}) {
    for (const char* language : {"en", "zh"}) {
      const Ran one = scratch_->linkaudit({"--db", "d.db", "--lang", language, "report", "-o", "one." + ending, "--as-of", kEnd});
      const Ran two = scratch_->linkaudit({"--db", "d.db", "--lang", language, "report", "-o", "two." + ending, "--as-of", kEnd});
      ASSERT_EQ(one.code, 0) << one.err;
      ASSERT_EQ(two.code, 0) << two.err;
      EXPECT_FALSE(scratch_->read("one." + ending).empty());
      EXPECT_TRUE(scratch_->read("one." + ending) == scratch_->read("two." + ending)) << ending << " " << language;
    }
  }
}

TEST_F(Casebook, LogVerifies) {
  const Ran ran = scratch_->linkaudit({"--db", "d.db", "ledger", "verify"});
  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_THAT(ran.out, testing::HasSubstr("verified: 18 entries, root "));
}

TEST_F(Casebook, GateExitsWithTwoOnABreach) {
  EXPECT_EQ(scratch_->linkaudit({"--db", "d.db", "findings", "--as-of", kEnd, "--gate"}).code, 2);
  EXPECT_EQ(scratch_->linkaudit({"--db", "d.db", "findings", "--as-of", "2021-09-16", "--gate"}).code, 0);
}

TEST_F(Casebook, MatrixListsWhatNobodyLookedAt) {
  const Ran ran = scratch_->linkaudit({"--db", "d.db", "matrix", "--as-of", kEnd, "--format", "json"});
  const json document = json::parse(ran.out);
  EXPECT_EQ(document["as_of"], "2022-01-27T15:59:59Z");
  int seen = 0, unseen = 0;
  for (const json& cell : document["cells"]) ++(cell["outcome"].is_null() ? unseen : seen);
  EXPECT_GT(seen, 5);
  EXPECT_GT(unseen, 50);
}

TEST_F(Casebook, HistoryShowsTheSpansOfACell) {
  const Ran ran = scratch_->linkaudit(
      {"--db", "d.db", "history", "taobao/item", "wechat/one_to_one", "--as-of", kEnd, "--format", "json"});
  const json spans = json::parse(ran.out)["spans"];
  std::vector<std::string> outcomes;
  for (const json& span : spans) outcomes.push_back(span["outcome"]);
  EXPECT_THAT(outcomes, testing::UnorderedElementsAre("external_browser", "direct", "direct"));
}

}  // namespace
}  // namespace linkaudit::tests
