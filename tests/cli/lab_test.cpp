// Probing the lab by the real program with the real catalog: check, run, schedules, notification, reports.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/cli/lab_process.h"
#include "tests/cli/program.h"

namespace linkaudit::tests {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kDaily =
    "\nschedules:\n"
    "  - {id: daily, cron: \"0 3 * * *\", zone: Asia/Shanghai, select: {contexts: [wechat/group], platforms: "
    "[taobao]}}\n";

class Lab : public testing::Test {
 protected:
  Lab() : lab_(scratch_) {}

  Ran linkaudit(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--catalog", "lab/linkaudit.yaml"});
    return scratch_.linkaudit(arguments);
  }
  void add_schedule() { scratch_.write("lab/linkaudit.yaml", scratch_.read("lab/linkaudit.yaml") + kDaily); }

  Scratch scratch_;
  LabProcess lab_;
};

TEST_F(Lab, StopsOnSignalWithSuccess) {
  EXPECT_EQ(lab_.stop(), 0);
}

TEST_F(Lab, CheckShowsTheWayTheOutcomeAndWhoIsInIt) {
  const Ran ran = linkaudit({"check", "taobao/item", "--context", "wechat/group"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("mp.weixinbridge.com/mp/wapredirect?"));
  EXPECT_THAT(ran.out, HasSubstr("Outcome: "));
  EXPECT_THAT(ran.out, HasSubstr("In the way: "));
  EXPECT_THAT(ran.out, HasSubstr("Control, a plain mobile browser: "));
}

TEST_F(Lab, CheckGivesEveryStableFieldAsJson) {
  const Ran ran = linkaudit({"check", "taobao/item", "--context", "wechat/group", "--format", "json"});
  const json seen = json::parse(ran.out)["observations"].at(0);
  for (const char* field : {"entry",          "at",      "link", "url",     "platform",
                            "context",        "method",  "tier", "vantage", "outcome",
                            "opens_directly", "steps",   "rule", "blame",   "context_specific",
                            "presentation",   "failure", "hops", "page",    "control",
                            "facts",          "attempt", "notes"}) {
    EXPECT_TRUE(seen.contains(field)) << field;
  }
  EXPECT_EQ(seen["tier"], "gateway");
  EXPECT_EQ(seen["vantage"], "lab");
}

TEST_F(Lab, CheckPrintsCsvInTheColumnsOfQuery) {
  const Ran ran = linkaudit({"check", "taobao/item", "--context", "wechat/group", "--format", "csv", "--log"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const Ran query = linkaudit({"query", "--format", "csv"});
  EXPECT_EQ(ran.out.substr(0, ran.out.find(',')), query.out.substr(0, query.out.find(',')));
  const auto entry = [](const std::string& csv) {
    const std::size_t line = csv.find("\r\n") + 2;
    return csv.substr(line, csv.find(',', line) - line);
  };
  EXPECT_EQ(entry(ran.out), entry(query.out)) << "the number that the log gave";
  EXPECT_THAT(ran.out, HasSubstr(",taobao/item,"));
  EXPECT_THAT(ran.out, HasSubstr(",wechat/group,"));
  EXPECT_EQ(linkaudit({"run", "--all", "--platform", "taobao", "--format", "csv"}).out.substr(0, 3), "\xEF\xBB\xBF");
}

TEST_F(Lab, UrlIsRecordedAsGivenHoweverItIsSpelled) {
  for (const char* url : {"http://127.0.0.1\\@shop.example/", " https://item.taobao.com/item.htm?id=1"}) {
    const Ran ran = linkaudit({"check", url, "--context", "wechat/group", "--format", "json"});
    const json seen = json::parse(ran.out)["observations"].at(0);
    EXPECT_EQ(seen["url"], url);
    if (*url == ' ') {
      EXPECT_EQ(seen["platform"], "taobao");
    }
  }
}

TEST_F(Lab, UrlOfNoKnownPlatformIsProbedAsSuch) {
  const Ran ran = linkaudit({"check", "https://unknown.example/page", "--context", "wechat/group", "--format", "json"});
  const json seen = json::parse(ran.out)["observations"].at(0);
  EXPECT_EQ(seen["platform"], nullptr);
  EXPECT_EQ(seen["link"], nullptr);
}

TEST_F(Lab, ForbiddenAddressIsRefusedWithoutAPacket) {
  for (const char* url :
       {"http://169.254.169.254/latest", "http://0x7f000001:9/", "ftp://taobao.com/", "http://localhost/"}) {
    const Ran ran = scratch_.linkaudit({"check", url, "--context", "qq/group", "--format", "json"});
    const json document = json::parse(ran.out);
    if (document["observations"].empty()) continue;  // no line to look through at all: a gap
    const json seen = document["observations"].at(0);
    EXPECT_EQ(seen["outcome"], "unreachable") << url;
    EXPECT_THAT(seen["failure"]["name"].get<std::string>(), testing::StartsWith("refused_")) << url;
  }
}

TEST_F(Lab, RunOfAllLogsEveryPlannedCell) {
  const Ran ran = linkaudit({"run", "--all", "--format", "json"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  const json run = json::parse(ran.out)["run"];
  std::int64_t gaps = 0;
  for (const auto& [reason, count] : run["gaps"].items()) gaps += count.get<std::int64_t>();
  EXPECT_GT(run["observed"].get<std::int64_t>(), 100);
  EXPECT_EQ(run["planned"].get<std::int64_t>(), run["observed"].get<std::int64_t>() + gaps);
  EXPECT_EQ(gaps, 0) << run["gaps"];
  EXPECT_EQ(linkaudit({"ledger", "verify"}).code, 0);
}

TEST_F(Lab, LinkWithoutAnAddressIsAGap) {
  scratch_.write("more.yaml", "version: 1\nplatforms:\n  - {id: zhihu, links: [{id: unaddressed, kind: article}]}\n");
  const Ran ran = linkaudit({"--catalog", "more.yaml", "run", "--all", "--platform", "zhihu", "--context",
                             "wechat/group", "--format", "json"});
  EXPECT_EQ(ran.code, 4) << ran.err;
  const json run = json::parse(ran.out)["run"];
  EXPECT_EQ(run["gaps"], json({{"no_url", 1}}));
  EXPECT_EQ(run["planned"].get<int>(), run["observed"].get<int>() + 1);
}

TEST_F(Lab, SimulatedEntriesAreNotSeenWithTheRealCatalog) {
  linkaudit({"run", "--all", "--platform", "taobao"});
  const json real = json::parse(scratch_.linkaudit({"matrix", "--format", "json"}).out);
  for (const json& cell : real["cells"]) EXPECT_EQ(cell["outcome"], nullptr) << cell;
  const json simulated = json::parse(linkaudit({"matrix", "--format", "json"}).out);
  int seen = 0;
  for (const json& cell : simulated["cells"]) seen += cell["outcome"].is_null() ? 0 : 1;
  EXPECT_GT(seen, 0);
}

TEST_F(Lab, DueRunsOnceForEachFireAndRecordsTheMissed) {
  add_schedule();
  const auto due = [&](const char* at) { return linkaudit({"run", "--due", "--at", at, "--format", "json"}); };
  EXPECT_EQ(json::parse(due("2027-03-01T12:00:00+08:00").out)["run"]["planned"], 0);  // heard of now; nothing due yet
  const json first = json::parse(due("2027-03-02T03:00:10+08:00").out)["run"];
  EXPECT_GT(first["observed"].get<int>(), 0);
  EXPECT_EQ(json::parse(due("2027-03-02T03:10:00+08:00").out)["run"]["planned"], 0);  // dealt with
  const Ran late = due("2027-03-05T09:00:00+08:00");
  EXPECT_EQ(late.code, 4) << late.err;
  const json after = json::parse(late.out)["run"];
  EXPECT_EQ(after["observed"], first["observed"]);                                 // the newest fire, caught up
  EXPECT_EQ(after["gaps"]["missed"].get<int>(), 2 * first["planned"].get<int>());  // two nights of every cell
}

// A spread puts cells at different times after a fire; a run between them must not lose the later ones.
TEST_F(Lab, EveryCellOfASpreadFireIsLookedAtOnceOrAGap) {
  scratch_.write("lab/linkaudit.yaml",
                 scratch_.read("lab/linkaudit.yaml") +
                     "\nschedules:\n  - {id: daily, cron: \"0 3 * * *\", zone: Asia/Shanghai, spread_s: 3600, "
                     "select: {contexts: [qq/group], platforms: [taobao, zhihu, jd, douyin]}}\n");
  const auto due = [&](const char* at) {
    return json::parse(linkaudit({"run", "--due", "--at", at, "--format", "json"}).out)["run"];
  };
  ASSERT_EQ(due("2027-03-01T12:00:00+08:00")["planned"], 0);
  std::int64_t observed = 0;
  for (const char* at : {"2027-03-02T03:10:00+08:00", "2027-03-02T03:20:00+08:00", "2027-03-02T03:40:00+08:00"}) {
    observed += due(at)["observed"].get<std::int64_t>();
  }
  const std::int64_t part = observed;
  observed += due("2027-03-02T04:10:00+08:00")["observed"].get<std::int64_t>();
  EXPECT_GT(part, 0);
  EXPECT_LT(part, observed);  // some came only with the last run, and are there
  EXPECT_EQ(due("2027-03-02T05:00:00+08:00")["planned"], 0);
  const json next = due("2027-03-04T05:00:00+08:00");
  EXPECT_EQ(next["observed"].get<std::int64_t>(), observed);        // every cell's newest fire
  EXPECT_EQ(next["gaps"]["missed"].get<std::int64_t>(), observed);  // and the one before, of every cell
}

TEST_F(Lab, OneDirectoryServesOneLabAndKeepsOthersFiles) {
  const Ran second = scratch_.linkaudit({"lab", "--out", "lab"});
  EXPECT_EQ(second.code, 3);
  EXPECT_THAT(second.err, HasSubstr("a lab is being served from here"));
  std::filesystem::create_directory(scratch_.file("mine"));
  scratch_.write("mine/linkaudit.yaml", "version: 1\n");
  EXPECT_EQ(scratch_.linkaudit({"lab", "--out", "mine"}).code, 3);
  EXPECT_EQ(scratch_.read("mine/linkaudit.yaml"), "version: 1\n");
}

TEST_F(Lab, RefusedLinksAreNamedAsSuchAlsoWithoutALine) {
  scratch_.write("offline.yaml",
                 "version: 1\nnetwork: {connect_to: [\"::127.0.0.1:1\"]}\njudgement: {repeat_after_s: 0}\n");
  const Ran ran = scratch_.linkaudit(
      {"--catalog", "offline.yaml", "check", "ftp://taobao.com/", "--context", "qq/group", "--format", "json"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(json::parse(ran.out)["observations"].at(0)["failure"]["name"], "refused_scheme");
}

TEST_F(Lab, NotifyThatFailsIsToldAndOneThatDoesNotReadIsNone) {
  const Ran quiet = linkaudit({"run", "--all", "--platform", "taobao", "--notify", "true"});
  EXPECT_EQ(quiet.code, 0) << quiet.err;
  EXPECT_THAT(quiet.out, HasSubstr("new breach"));  // so there was something to hand over
  EXPECT_EQ(quiet.err, "");
  const Ran failing = linkaudit({"run", "--all", "--platform", "tmall", "--notify", "exit 7"});
  EXPECT_EQ(failing.code, 1);
  EXPECT_THAT(failing.err, HasSubstr("7"));
}

TEST_F(Lab, NotifyHandsWhatIsNewToACommand) {
  const Ran ran = linkaudit({"run", "--all", "--platform", "taobao", "--notify", "cat > news.json"});
  EXPECT_THAT(ran.code, testing::AnyOf(0, 4)) << ran.err;
  const json news = json::parse(scratch_.read("news.json"));
  EXPECT_FALSE(news["news"].empty());
  EXPECT_TRUE(news["run"].contains("planned"));
}

TEST_F(Lab, ReportsSaySimulatedInBothLanguages) {
  linkaudit({"run", "--all", "--platform", "taobao"});
  ASSERT_EQ(linkaudit({"report", "-o", "lab.html"}).code, 0);
  const std::string page = scratch_.read("lab.html");
  EXPECT_THAT(page, HasSubstr("SIMULATED"));
  EXPECT_THAT(page, HasSubstr("模拟"));
  ASSERT_EQ(linkaudit({"report", "-o", "lab.json"}).code, 0);
  EXPECT_EQ(json::parse(scratch_.read("lab.json"))["simulated"], true);
}

TEST(NoLine, NobodyIsBlamedWhenNothingCanBeReached) {
  // Everything leads to a port on which nobody listens.
  for (const char* canaries : {"[\"https://canary.example/\"]", "[]"}) {
    const Scratch scratch;
    scratch.write("linkaudit.yaml", std::string("version: 1\nnetwork: {connect_to: [\"::127.0.0.1:1\"], canaries: ") +
                                        canaries + "}\njudgement: {repeat_after_s: 0}\n");
    const Ran ran = scratch.linkaudit({"run", "--all", "--context", "wechat/group", "--format", "json"});
    EXPECT_EQ(ran.code, 4) << ran.err;
    const json run = json::parse(ran.out)["run"];
    EXPECT_EQ(run["observed"], 0) << canaries;
    EXPECT_GT(run["gaps"]["own_line_down"].get<int>(), 5) << canaries;
    const json findings = json::parse(scratch.linkaudit({"findings", "--format", "json"}).out)["findings"];
    for (const json& each : findings) EXPECT_NE(each["status"], "breached") << each;
  }
}

}  // namespace
}  // namespace linkaudit::tests
