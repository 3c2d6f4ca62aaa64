// Waivers as entries: what came into a catalog, changed there or went is in the log, with when it was known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string catalog_with(const std::string& justification) {
  return "version: 1\nwaivers:\n  - {id: W-1, scope: {platforms: [taobao]}, obligations: [miit-2021-unblock], "
         "justification: \"" +
         justification + "\", approver: head, from: 2021-10-01, expires: 2031-01-01}\n";
}

class Waivers : public testing::Test {
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
  void attest(const std::string& at) const {
    const Ran ran = run({"attest", "taobao/item", "wechat/group", "--outcome", "blocked", "--observer", "ann", "--at",
                         at, "--valid-days", "3660"});
    ASSERT_EQ(ran.code, 0) << ran.err;
  }
  void catalog(const std::string& text) const { scratch_.write("linkaudit.yaml", text); }
  json waiver() const { return ask({"waiver", "list", "--as-of", "2022-01-28"})["waivers"].at(0); }
  void TearDown() override { EXPECT_THAT(run({"ledger", "verify"}).out, HasSubstr("verified")); }

  Scratch scratch_;
};

TEST_F(Waivers, AreRecordedByTheNextCommandThatWrites) {
  catalog(catalog_with("migration"));
  attest("2022-01-27T12:00:00+08:00");
  EXPECT_EQ(ask({"query"})["observations"].at(0)["entry"], 2);
  const json known = waiver();
  EXPECT_EQ(known["state"], "in_force");
  EXPECT_EQ(known["recorded"], true);
  EXPECT_EQ(known["changes"].at(0)["change"], "added");
  EXPECT_EQ(known["changes"].at(0)["entry"], 1);
  attest("2022-01-27T13:00:00+08:00");  // nothing new
  EXPECT_EQ(waiver()["changes"].size(), 1U);
}

TEST_F(Waivers, ThatTheLogDoesNotKnowYetAreSaidToBe) {
  attest("2022-01-27T12:00:00+08:00");
  catalog(catalog_with("migration"));
  EXPECT_EQ(waiver()["recorded"], false);
  EXPECT_EQ(waiver()["changes"].size(), 0U);
  EXPECT_THAT(run({"findings", "--as-of", "2022-01-28"}).out, HasSubstr("linkaudit waiver record"));
  const Ran ran = run({"waiver", "record"});
  EXPECT_EQ(ran.out, "W-1: added, recorded as entry 2\n");
  EXPECT_EQ(waiver()["recorded"], true);
  EXPECT_THAT(run({"findings", "--as-of", "2022-01-28"}).out, Not(HasSubstr("linkaudit waiver record")));
  EXPECT_THAT(run({"waiver", "record"}).out, HasSubstr("as they are"));
}

TEST_F(Waivers, ThatChangeOrVanishAreSeenToHave) {
  catalog(catalog_with("migration"));
  attest("2022-01-27T12:00:00+08:00");
  catalog(catalog_with("migration, again"));
  EXPECT_EQ(waiver()["recorded"], false);
  ASSERT_EQ(run({"waiver", "record"}).out, "W-1: changed, recorded as entry 3\n");
  catalog("version: 1\n");
  json gone = waiver();
  EXPECT_EQ(gone["state"], "withdrawn");
  EXPECT_EQ(gone["recorded"], false);
  EXPECT_EQ(gone["justification"], "migration, again");
  EXPECT_NE(gone["last_known"], nullptr);
  ASSERT_EQ(run({"waiver", "record"}).out, "W-1: withdrawn, recorded as entry 4\n");
  gone = waiver();
  EXPECT_EQ(gone["state"], "withdrawn");
  EXPECT_EQ(gone["recorded"], true);
  EXPECT_EQ(gone["changes"].size(), 3U);
  EXPECT_THAT(run({"findings", "--as-of", "2022-01-28"}).out, HasSubstr("W-1 is in the catalog no more"));
  ASSERT_EQ(run({"report", "-o", "r.html", "--as-of", "2022-01-28"}).code, 0);
  EXPECT_THAT(scratch_.read("r.html"), AllOf(HasSubstr("<s>W-1</s>"), HasSubstr("withdrawn")));
  catalog(catalog_with("migration"));
  ASSERT_EQ(run({"waiver", "record"}).out, "W-1: added, recorded as entry 5\n");
  EXPECT_EQ(waiver()["recorded"], true);
}

TEST_F(Waivers, KnownThenDecideWhatAReportOfThenSays) {
  catalog(catalog_with("migration"));
  attest("2022-01-27T12:00:00+08:00");  // entries 1 and 2
  catalog("version: 1\n");
  ASSERT_EQ(run({"waiver", "record"}).out, "W-1: withdrawn, recorded as entry 3\n");
  const auto status = [&](const char* known) {
    return ask({"findings", "--as-of", "2022-01-28", "--known-at", known, "--platform", "taobao", "--context",
                "wechat/group", "--obligation", "miit-2021-unblock"})["findings"]
        .at(0)["status"];
  };
  EXPECT_EQ(status("2"), "exempt");
  EXPECT_EQ(status("3"), "breached");
  const Ran ran = run({"findings", "--known-at", "2", "--baseline", "b.yaml"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("--baseline: not with --known-at"));
}

}  // namespace
}  // namespace linkaudit::tests
