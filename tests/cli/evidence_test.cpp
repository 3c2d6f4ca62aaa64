// Evidence by the real program on the lab: what a look commits to, what is kept of it, what others can read, what rules
// make of it later, what retention takes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/cli/lab_process.h"
#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using nlohmann::json;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class Evidence : public testing::Test {
 protected:
  Evidence() : lab_(scratch_) {}

  Ran linkaudit(std::vector<std::string> arguments, const std::string& catalog = "lab/linkaudit.yaml") {
    arguments.insert(arguments.begin(), {"--catalog", catalog});
    return scratch_.linkaudit(arguments);
  }
  json asked(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--format", "json"});
    const Ran ran = linkaudit(arguments);
    EXPECT_EQ(ran.code, 0) << ran.err;
    return json::parse(ran.out);
  }
  void run(const std::vector<std::string>& more = {"--platform", "taobao"}) {
    std::vector<std::string> arguments = {"run", "--all"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = linkaudit(arguments);
    EXPECT_THAT(ran.code, testing::AnyOf(0, 4)) << ran.err;
  }
  json observations() { return asked({"query"})["observations"]; }

  // The records of an exported file, as an independent reader sees them.
  std::vector<json> records(const std::string& file) {
    const Ran read = scratch_.run({"python3", LINKAUDIT_SOURCE_ROOT "/tests/probes/warc/read_warc.py", file});
    EXPECT_EQ(read.code, 0) << read.err;
    std::vector<json> list;
    std::istringstream lines(read.out);
    for (std::string line; std::getline(lines, line);) list.push_back(json::parse(line));
    return list;
  }
  std::vector<json> of_type(const std::string& file, const std::string& type) {
    std::vector<json> list;
    for (json& record : records(file)) {
      if (record["type"] == type) list.push_back(std::move(record));
    }
    return list;
  }
  int blobs_of_kind(const std::string& kind) {
    const Ran counted = scratch_.run({"python3", "-c",
                                      "import sqlite3; print(sqlite3.connect('linkaudit.db').execute(\"SELECT count(*) "
                                      "FROM v_evidence WHERE kind = '" +
                                          kind + "'\").fetchone()[0])"});
    EXPECT_EQ(counted.code, 0) << counted.err;
    return std::stoi(counted.out);
  }
  void set_keep(const std::string& keep) {
    scratch_.write("lab/linkaudit.yaml", scratch_.read("lab/linkaudit.yaml") + "\nevidence: {keep: " + keep + "}\n");
  }

  Scratch scratch_;
  LabProcess lab_;
};

TEST_F(Evidence, EveryProbeCommitsToItsOwn) {
  run();
  std::set<std::string> digests;
  const json seen = observations();
  ASSERT_FALSE(seen.empty());
  for (const json& each : seen) {
    EXPECT_THAT(each["evidence"].get<std::string>(), ContainsRegex("^[0-9a-f]{64}$"));
    digests.insert(each["evidence"]);
  }
  EXPECT_EQ(digests.size(), seen.size());
}

TEST_F(Evidence, WarcIsReadByAnotherProgramAndLeadsBackToTheLog) {
  run();
  const Ran ran = linkaudit({"export", "--warc", "evidence.warc"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("evidence.warc"));
  std::map<std::string, json> manifests;  // entry -> record
  std::set<std::string> payloads;
  int requests = 0, responses = 0;
  for (const json& record : records("evidence.warc")) {
    const json& fields = record["fields"];
    requests += record["type"] == "request" ? 1 : 0;
    responses += record["type"] == "response" ? 1 : 0;
    if (record["type"] == "response") {
      payloads.insert(fields["WARC-Payload-Digest"].get<std::string>().substr(7));
      EXPECT_EQ(fields["WARC-IP-Address"], "127.0.0.1");
    }
    if (fields.contains("Linkaudit-Entry")) manifests[fields["Linkaudit-Entry"]] = record;
  }
  EXPECT_GT(requests, 0);
  EXPECT_GT(responses, 0);
  const json seen = observations();
  EXPECT_EQ(manifests.size(), seen.size());
  for (const json& each : seen) {
    const json& record = manifests.at(std::to_string(each["entry"].get<int>()));
    EXPECT_EQ(record["fields"]["WARC-Block-Digest"], "sha256:" + each["evidence"].get<std::string>());
    const json manifest = json::parse(record["block"].get<std::string>());
    EXPECT_EQ(manifest["legs"][0]["exchanges"].size(), each["hops"].size());
    for (const json& leg : manifest["legs"]) {
      for (const json& exchange : leg["exchanges"]) {
        if (exchange.contains("body")) {
          EXPECT_THAT(payloads, testing::Contains(exchange["body"]["sha256"].get<std::string>()));
        }
      }
    }
  }
  EXPECT_THAT(records("evidence.warc")[0]["block"].get<std::string>(), HasSubstr("simulated: true"));
}

TEST_F(Evidence, ExportToADashIsStandardOutputAndNothingElse) {
  run();
  ASSERT_EQ(linkaudit({"export", "--warc", "one.warc"}).code, 0);
  const Ran ran = linkaudit({"export", "--warc", "-"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, scratch_.read("one.warc"));
  EXPECT_THAT(ran.err, HasSubstr("evidence of "));
  EXPECT_NE(scratch_.run({"test", "-e", "-"}).code, 0);
}

TEST_F(Evidence, SecondExportIsTheSameBytesWhateverWasLoggedMeanwhile) {
  run();
  const std::string newest = observations().back()["at"];
  ASSERT_EQ(linkaudit({"export", "--warc", "one.warc"}).code, 0);
  ASSERT_EQ(linkaudit({"export", "--warc", "two.warc"}).code, 0);
  EXPECT_EQ(scratch_.read("one.warc"), scratch_.read("two.warc"));
  run({"--platform", "taobao", "--at", "2027-03-01"});
  ASSERT_EQ(linkaudit({"export", "--warc", "three.warc", "--as-of", newest}).code, 0);
  EXPECT_EQ(scratch_.read("one.warc"), scratch_.read("three.warc"));
}

TEST_F(Evidence, ExportTakesTheFiltersOfQuery) {
  run();
  ASSERT_EQ(linkaudit({"export", "--warc", "group.warc", "--context", "wechat/group"}).code, 0);
  const json some = asked({"query", "--context", "wechat/group"})["observations"];
  int manifests = 0;
  for (const json& record : of_type("group.warc", "metadata")) {
    if (!record["fields"].contains("Linkaudit-Entry")) continue;
    ++manifests;
    EXPECT_EQ(json::parse(record["block"].get<std::string>())["context"], "wechat/group");
  }
  EXPECT_EQ(manifests, static_cast<int>(some.size()));
  const Ran without = linkaudit({"export", "--context", "wechat/group"});
  EXPECT_EQ(without.code, 3);
  EXPECT_THAT(without.err, HasSubstr("--warc"));
}

TEST_F(Evidence, OldFileSurvivesAnExportThatFails) {
  run();
  ASSERT_EQ(linkaudit({"export", "--warc", "kept.warc"}).code, 0);
  const std::string before = scratch_.read("kept.warc");
  EXPECT_EQ(linkaudit({"export", "--warc", "nowhere/x.warc"}).code, 1);
  EXPECT_EQ(linkaudit({"export", "--warc", "kept.warc", "--since", "never"}).code, 3);
  EXPECT_EQ(scratch_.read("kept.warc"), before);
}

TEST_F(Evidence, SecretsReachNeitherDatabaseNorExport) {
  scratch_.write("secret.yaml",
                 "version: 1\nsecrets: {parameters: [token]}\nhosts:\n  - id: qq\n    client: {headers: {Cookie: "
                 "\"a=hushcookie\", "
                 "Authorization: \"Basic hushpass\"}}\n");
  for (const char* context : {"qq/group", "wechat/group"}) {
    const Ran ran =
        scratch_.linkaudit({"--catalog", "lab/linkaudit.yaml", "--catalog", "secret.yaml", "check",
                            "https://item.taobao.com/item.htm?id=1&token=hushtoken", "--context", context, "--log"});
    EXPECT_THAT(ran.code, testing::AnyOf(0, 4)) << ran.err;
    EXPECT_THAT(ran.out, Not(HasSubstr("hush")));
  }
  ASSERT_EQ(linkaudit({"export", "--warc", "masked.warc"}).code, 0);
  const std::string file = scratch_.read("masked.warc");
  EXPECT_THAT(file, HasSubstr("token=***"));
  EXPECT_THAT(file, HasSubstr("Cookie: a=***"));
  EXPECT_THAT(file, HasSubstr("Authorization: ***"));
  EXPECT_THAT(file, HasSubstr("masked: true"));
  for (const char* secret : {"hushcookie", "hushpass", "hushtoken"}) {
    // The body may say what was asked of it; header blocks and URLs may not.
    for (const json& record : records("masked.warc")) {
      EXPECT_THAT(record.dump(), Not(HasSubstr(secret)));
    }
    EXPECT_THAT(linkaudit({"export"}).out, Not(HasSubstr(secret)));
  }
}

TEST_F(Evidence, CheckThatIsLoggedKeepsItsEvidence) {
  const Ran unlogged = linkaudit({"check", "taobao/item", "--context", "wechat/group", "--format", "json"});
  EXPECT_THAT(json::parse(unlogged.out)["observations"][0]["evidence"].get<std::string>(),
              ContainsRegex("^[0-9a-f]{64}$"));
  ASSERT_EQ(linkaudit({"check", "taobao/item", "--context", "wechat/group", "--log"}).code, 0);
  EXPECT_EQ(blobs_of_kind("manifest"), 1);
}

TEST_F(Evidence, UnchangedLooksTakeNoMoreRoomThanFirstAndLast) {
  const auto opening = [](const json& seen) {
    int count = 0;
    for (const json& each : seen) count += each["outcome"] == "direct" ? 1 : 0;
    return count;
  };
  run();
  const json first = observations();
  const int all = static_cast<int>(first.size()), direct = opening(first);
  ASSERT_GT(direct, 0);
  EXPECT_EQ(blobs_of_kind("manifest"), all);
  for (int round = 2; round <= 4; ++round) {
    run();
    EXPECT_EQ(blobs_of_kind("manifest"), 2 * direct + round * (all - direct)) << "round " << round;
  }
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
}

TEST_F(Evidence, KeepNoneCommitsAndStoresNothing) {
  set_keep("none");
  run();
  EXPECT_EQ(blobs_of_kind("manifest") + blobs_of_kind("heads") + blobs_of_kind("body"), 0);
  const json seen = observations();
  EXPECT_EQ(seen[0]["evidence"].get<std::string>().size(), 64u);
  const json document = asked({"export", "--warc", "none.warc"});
  EXPECT_EQ(document["observations"], 0);
  EXPECT_EQ(document["not_kept"], seen.size());
  EXPECT_EQ(records("none.warc").size(), 1u);
  const json test = asked({"catalog", "test"});
  EXPECT_EQ(test["tested"], 0);
  EXPECT_EQ(test["not_kept"], seen.size());
}

TEST_F(Evidence, RulesInForceMakeTheSameOfEveryKindOfPage) {
  run({});
  const json test = asked({"catalog", "test"});
  EXPECT_EQ(test["tested"], observations().size());
  EXPECT_GT(test["tested"].get<int>(), 100);
  EXPECT_EQ(test["not_kept"], 0);
  EXPECT_EQ(test["changes"], json::array());
  const Ran words = linkaudit({"catalog", "test"});
  EXPECT_EQ(words.code, 0);
  EXPECT_THAT(words.out, HasSubstr("0 would change"));
}

TEST_F(Evidence, CatalogTestShowsWhatANewRuleWouldChange) {
  run({"--context", "wechat/moments"});
  std::map<int, json> before;
  for (const json& each : observations()) before[each["entry"]] = each;
  scratch_.write("lab/stricter.yaml",
                 scratch_.read("lab/linkaudit.yaml") +
                     "\nrules:\n  - {id: every-wechat-page, version: 7, host: wechat, by: host, outcome: challenge,"
                     " when: {url_host: [weixin110.qq.com]}}\n");
  const std::string root = linkaudit({"ledger", "checkpoint"}).out;
  const Ran ran = linkaudit({"catalog", "test", "--format", "json"}, "lab/stricter.yaml");
  ASSERT_EQ(ran.code, 0) << ran.err;
  const json test = json::parse(ran.out);
  ASSERT_GT(test["changed"].get<int>(), 0);
  EXPECT_EQ(test["changed"], test["changes"].size());
  for (const json& change : test["changes"]) {
    const json& seen = before.at(change["entry"]);
    EXPECT_EQ(change["before"]["outcome"], seen["outcome"]);
    EXPECT_EQ(change["before"]["rule"], seen["rule"]);
    EXPECT_EQ(change["context"], "wechat/moments");
    EXPECT_EQ(change["link"], seen["link"]);
    EXPECT_EQ(change["after"]["outcome"], "challenge");
    EXPECT_EQ(change["after"]["rule"], "every-wechat-page");
    EXPECT_EQ(change["after"]["rule_version"], 7);
  }
  EXPECT_EQ(linkaudit({"ledger", "checkpoint"}).out, root) << "nothing is written";
  EXPECT_THAT(linkaudit({"catalog", "test"}, "lab/stricter.yaml").out, HasSubstr("every-wechat-page v7"));
  EXPECT_THAT(linkaudit({"--lang", "zh", "catalog", "test"}, "lab/stricter.yaml").out,
              HasSubstr("every-wechat-page v7"));
}

TEST_F(Evidence, PruneFreesOldEvidenceOnlyWhenToldTo) {
  run({"--platform", "taobao", "--at", "2020-03-01"});
  const int old = blobs_of_kind("manifest");
  ASSERT_GT(old, 0);
  run({"--platform", "xianyu"});
  const int all = blobs_of_kind("manifest");
  const std::string root = linkaudit({"ledger", "checkpoint"}).out;

  const json would = asked({"prune"});
  EXPECT_EQ(would["pruned"], false);
  EXPECT_EQ(would["observations"], old);
  EXPECT_GT(would["bytes"].get<int>(), 0);
  EXPECT_EQ(blobs_of_kind("manifest"), all);
  EXPECT_THAT(linkaudit({"prune"}).out, HasSubstr("--yes"));

  const json done = asked({"prune", "--yes"});
  EXPECT_EQ(done["pruned"], true);
  EXPECT_EQ(done["blobs"], would["blobs"]);
  EXPECT_EQ(blobs_of_kind("manifest"), all - old);
  EXPECT_GT(blobs_of_kind("catalog"), 0);
  EXPECT_NE(linkaudit({"ledger", "checkpoint"}).out, root) << "an entry says so";
  EXPECT_THAT(scratch_.run({"sqlite3", "linkaudit.db", "SELECT note FROM v_annotations"}).out,
              HasSubstr(" blobs of " + std::to_string(old) + " observations"));
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
  EXPECT_EQ(asked({"prune", "--yes"})["blobs"], 0);
  EXPECT_EQ(asked({"catalog", "test"})["not_kept"], old);
  EXPECT_EQ(asked({"export", "--warc", "rest.warc"})["not_kept"], old);
}

TEST(PruneWithoutADatabase, IsRefusedAndMakesNone) {
  const Scratch scratch;
  const Ran ran = scratch.linkaudit({"prune", "--yes"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_EQ(scratch.run({"test", "-e", "linkaudit.db"}).code, 1);
}

}  // namespace
}  // namespace linkaudit::tests
