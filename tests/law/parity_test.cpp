// Parity: each platform of a category is judged by how the others are treated.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Blame;
using probes::Outcome;
using probes::Presentation;
using probes::Tier;

constexpr Outcome kYes = Outcome::direct, kNo = Outcome::blocked;
const std::vector<ParityOver> kAll = {ParityOver::outcome, ParityOver::presentation, ParityOver::steps};

Obligation alike(const std::vector<ParityOver>& over = kAll) {
  Obligation obligation = unblock();
  obligation.id = "alike";
  obligation.requires_ = {{}, {}, over};
  return obligation;
}

// Three shops, one of two links, and a shop of WeChat's own operator; a library is of another category.
Policy shops(const Obligation& obligation) {
  Policy policy;
  policy.contexts = {{"wechat/group", "wechat", "group", "tencent"}};
  policy.platforms = {{"taobao", "ecommerce", "alibaba", {"taobao/item", "taobao/home"}},
                      {"jd", "ecommerce", "jd", {"jd/item"}},
                      {"pdd", "ecommerce", "pdd", {"pdd/item"}},
                      {"own", "ecommerce", "tencent", {"own/item"}},
                      {"library", "books", "city", {"library/item"}}};
  policy.obligations = {obligation};
  return policy;
}

Span of(const std::string& platform, Span span) {
  span.link = kept(platform + "/item");
  return span;
}

Span saw(const std::string& platform, Outcome outcome, const std::string& when = "2021-10-01") {
  return of(platform, person(when, outcome));
}

Span shown(Span span, Presentation presentation) {
  span.presentation = presentation;
  return span;
}

Span gateway(const std::string& platform, Outcome outcome, const std::string& when = "2021-10-01") {
  return of(platform, probe(Tier::gateway, when, outcome));
}

// "breached confirmed blocked host; overdue 14 (13 unmeasured); with jd, pdd"
std::string told_with_others(const Finding& finding) {
  std::string text = told(finding);
  for (const std::string& other : finding.compared_with) {
    text += (&other == finding.compared_with.data() ? "; with " : ", ") + other;
  }
  return text;
}

std::vector<Finding> judged(const std::vector<Span>& spans, const std::string& as_of,
                            const Obligation& obligation = alike()) {
  return judge(shops(obligation), spans, at(as_of));
}

struct Case {
  const char* what;
  std::vector<Span> spans;
  const char *taobao, *jd;
};

void check(const Case& row, const Obligation& obligation) {
  const std::vector<Finding> findings = judged(row.spans, "2021-10-01", obligation);
  EXPECT_EQ(told_with_others(pick(findings, "taobao", "wechat/group")), row.taobao) << row.what;
  EXPECT_EQ(told_with_others(pick(findings, "jd", "wechat/group")), row.jd) << row.what;
}

const Case kCases[] = {
    {"nobody looked", {}, "undetermined", "undetermined"},
    {"alone there is nobody to be compared with", {saw("taobao", kNo)}, "undetermined blocked host", "undetermined"},
    {"alike",
     {saw("taobao", kYes), saw("jd", kYes)},
     "met confirmed direct; with jd",
     "met confirmed direct; with taobao"},
    {"alike in being refused is alike",
     {saw("taobao", kNo), saw("jd", kNo)},
     "met confirmed blocked host; with jd",
     "met confirmed blocked host; with taobao"},
    {"the worse treated is breached, the better met",
     {saw("taobao", kNo), saw("jd", Outcome::external_browser)},
     "breached confirmed blocked host; overdue 14 (13 unmeasured); with jd",
     "met confirmed external_browser host; with taobao"},
    {"one of three unmeasured prevents nothing",
     {saw("taobao", kYes), saw("pdd", kYes)},
     "met confirmed direct; with pdd",
     "undetermined"},
    {"the best treated is named first",
     {saw("taobao", Outcome::login_wall), saw("jd", kNo), saw("pdd", kYes)},
     "breached confirmed login_wall host; overdue 14 (13 unmeasured); with pdd, jd",
     "breached confirmed blocked host; overdue 14 (13 unmeasured); with pdd, taobao"},
    {"what cannot tell is not compared",
     {saw("taobao", Outcome::challenge), saw("jd", kNo)},
     "undetermined challenge unknown; with jd",
     "undetermined blocked host"},
    {"another category is no measure",
     {saw("taobao", kNo), saw("library", kYes)},
     "undetermined blocked host",
     "undetermined"},
    {"nor is the operator's own shop, outside the scope",
     {saw("taobao", kNo), saw("own", kYes)},
     "undetermined blocked host",
     "undetermined"},
    {"a card is better than a folded link, and the host app alone decides it",
     {shown(saw("taobao", kYes), Presentation::folded), shown(saw("jd", kYes), Presentation::card)},
     "breached confirmed direct host; overdue 14 (13 unmeasured); with jd",
     "met confirmed direct; with taobao"},
    {"a presentation that nobody noted is not compared",
     {saw("taobao", kYes), shown(saw("jd", kYes), Presentation::card)},
     "met confirmed direct; with jd",
     "met confirmed direct; with taobao"},
    {"a step more is worse",
     {with_steps(saw("taobao", kYes), 1), saw("jd", kYes)},
     "breached confirmed direct host; overdue 14 (13 unmeasured); with jd",
     "met confirmed direct; with taobao"},
    {"steps to what does not open count only where both are noted",
     {with_steps(saw("taobao", Outcome::external_browser), 3), saw("jd", Outcome::external_browser)},
     "met confirmed external_browser host; with jd",
     "met confirmed external_browser host; with taobao"},
    {"and then they do",
     {with_steps(saw("taobao", Outcome::external_browser), 3), with_steps(saw("jd", Outcome::external_browser), 2)},
     "breached confirmed external_browser host; overdue 14 (13 unmeasured); with jd",
     "met confirmed external_browser host; with taobao"},
    {"a refusal by the platform itself is not the host app's",
     {with_blame(saw("taobao", Outcome::login_wall), Blame::platform), saw("jd", kYes)},
     "undetermined (would be breached) login_wall platform; with jd",
     "met confirmed direct; with taobao"},
    {"but what got through to the platform is better treated than what did not",
     {with_blame(saw("taobao", Outcome::login_wall), Blame::platform), saw("jd", kNo)},
     "met confirmed login_wall platform; with jd",
     "breached confirmed blocked host; overdue 14 (13 unmeasured); with taobao"},
    {"nobody knows by whom",
     {with_blame(saw("taobao", kNo), Blame::unknown), saw("jd", kYes)},
     "undetermined blocked unknown; with jd",
     "met confirmed direct; with taobao"},
    {"a platform is as good as the worst of its links",
     {saw("taobao", kYes), of_link(person("2021-10-01", kNo), "taobao/home"), saw("jd", kNo)},
     "met confirmed blocked host; with jd",
     "met confirmed blocked host; with taobao"},
    {"and one link that is worse treated than another platform is enough",
     {saw("taobao", kYes), of_link(person("2021-10-01", kNo), "taobao/home"), saw("jd", kYes)},
     "breached confirmed blocked host; overdue 14 (13 unmeasured); with jd",
     "met confirmed direct; with taobao"},
    {"in dispute it is not compared, whoever it is",
     {saw("taobao", kNo), saw("jd", kYes), of("jd", person("2021-10-01T11:00:00", kNo, "bob"))},
     "undetermined blocked host",
     "undetermined direct; disputed"},
    {"what is stale is no measure",
     {saw("taobao", kNo), saw("jd", kYes, "2021-08-01")},
     "undetermined blocked host",
     "undetermined direct; stale"},
    {"one look that failed by the network is no measure",
     {saw("taobao", kNo), by_network_failure(of("jd", probe(Tier::in_app, "2021-10-01", kNo)))},
     "undetermined blocked host",
     "undetermined (would be met) blocked host; soft; with taobao"},
    {"below the tier the worse is suspected, the better undetermined",
     {gateway("taobao", kNo), gateway("jd", kYes)},
     "breached suspected blocked host; overdue 14 (13 unmeasured); with jd",
     "undetermined (would be met) direct; with taobao"},
    {"tiers are not compared with one another",
     {saw("taobao", kNo), gateway("jd", kYes)},
     "undetermined blocked host",
     "undetermined direct"},
    {"each is judged at its own best tier, by what others show there",
     {saw("taobao", kYes), gateway("taobao", kYes), gateway("jd", kNo)},
     "undetermined direct",
     "breached suspected blocked host; overdue 14 (13 unmeasured); with taobao"},
};

TEST(Parity, WorseTreatedIsBreachedAndNamedBesideTheOthers) {
  for (const Case& row : kCases) check(row, alike());
}

TEST(Parity, PresentationIsComparedFromCardToTextToken) {
  constexpr std::array kBestFirst = {Presentation::card, Presentation::link, Presentation::folded, Presentation::text,
                                     Presentation::text_token};
  for (std::size_t worse = 1; worse < kBestFirst.size(); ++worse) {
    const auto findings = judged(
        {shown(saw("taobao", kYes), kBestFirst[worse]), shown(saw("jd", kYes), kBestFirst[worse - 1])}, "2021-10-01");
    EXPECT_EQ(pick(findings, "taobao", "wechat/group").status, Status::breached) << name(kBestFirst[worse]);
    EXPECT_EQ(pick(findings, "jd", "wechat/group").status, Status::met) << name(kBestFirst[worse]);
  }
}

TEST(Parity, OnlyWhatTheClauseNamesIsCompared) {
  const Case presentation = {"by presentation alone",
                             {saw("taobao", kNo), saw("jd", kYes)},
                             "undetermined blocked host; with jd",
                             "undetermined direct; with taobao"};
  check(presentation, alike({ParityOver::presentation}));
  const Case steps = {"by steps alone: what does not open is worse than anything that does",
                      {saw("taobao", kNo), with_steps(saw("jd", Outcome::confirm), 5)},
                      "breached confirmed blocked host; overdue 14 (13 unmeasured); with jd",
                      "met confirmed confirm host; with taobao"};
  check(steps, alike({ParityOver::steps}));
  const Case outcome = {"by outcome alone",
                        {with_steps(saw("taobao", kYes), 2), shown(saw("jd", kYes), Presentation::card)},
                        "met confirmed direct; with jd",
                        "met confirmed direct; with taobao"};
  check({outcome.what, outcome.spans, "met confirmed direct host; with jd", outcome.jd}, alike({ParityOver::outcome}));
}

TEST(Parity, OtherDemandsOfTheClauseAreToBeMetAsWell) {
  Obligation both = alike({ParityOver::outcome});
  both.requires_.outcomes = {kYes};
  check({"alike, and not what is asked for",
         {saw("taobao", kNo), saw("jd", kNo)},
         "breached confirmed blocked host; overdue 14 (13 unmeasured); with jd",
         "breached confirmed blocked host; overdue 14 (13 unmeasured); with taobao"},
        both);
  check({"as asked for, with nobody to be compared with", {saw("taobao", kYes)}, "undetermined direct", "undetermined"},
        both);
  check({"as asked for, and alike",
         {saw("taobao", kYes), saw("jd", kYes)},
         "met confirmed direct; with jd",
         "met confirmed direct; with taobao"},
        both);
}

// The home page of one shop says nothing of how the items of another are treated.
TEST(Parity, LinksOfOneKindAreComparedWithOneAnother) {
  Policy policy = shops(alike());
  policy.platforms[0].kinds = {"product", "home"};
  policy.platforms[1].kinds = {"product"};
  const std::vector<Span> spans = {saw("taobao", kYes), of_link(person("2021-10-01", kNo), "taobao/home"),
                                   saw("jd", kYes), saw("pdd", kNo)};
  const auto findings = judge(policy, spans, at("2021-10-01"));
  EXPECT_EQ(told_with_others(pick(findings, "taobao", "wechat/group")), "met confirmed blocked host; with jd");
  EXPECT_EQ(told_with_others(pick(findings, "jd", "wechat/group")), "met confirmed direct; with taobao");
  EXPECT_EQ(told_with_others(pick(findings, "pdd", "wechat/group")),
            "undetermined blocked host");  // its kind is unknown
}

TEST(Parity, OwnShopIsAMeasureWhereTheScopeNamesIt) {
  Obligation named = alike();
  named.scope.terms.platforms = {"taobao", "own"};
  const auto findings = judged({saw("taobao", kNo), saw("own", kYes)}, "2021-10-01", named);
  EXPECT_EQ(told_with_others(pick(findings, "taobao", "wechat/group")),
            "breached confirmed blocked host; overdue 14 (13 unmeasured); with own");
  EXPECT_EQ(pick(findings, "own", "wechat/group").status, Status::met);
}

// A waiver excuses; it does not make anybody be treated otherwise.
TEST(Parity, ExemptPlatformIsMeasuredAllTheSame) {
  Policy policy = shops(alike());
  policy.waivers.push_back({"W-1", {}, "trial", "head", {2021, 9, 1}, {2021, 12, 31}, "Asia/Shanghai"});
  policy.waivers[0].scope.terms.platforms = {"jd"};
  const auto findings = judge(policy, std::vector{saw("taobao", kNo), saw("jd", kYes)}, at("2021-10-01"));
  EXPECT_EQ(told_with_others(pick(findings, "jd", "wechat/group")),
            "exempt (would be met) confirmed direct; waiver W-1; with taobao");
  EXPECT_EQ(told_with_others(pick(findings, "taobao", "wechat/group")),
            "breached confirmed blocked host; overdue 14 (13 unmeasured); with jd");
}

struct Later {
  const char *what, *as_of, *expected;
};

// Both refused; the other opens on the 20th of October, this one on the 25th.
TEST(Parity, BreachBeginsWhenTheOtherIsSeenToBeTreatedBetter) {
  const std::vector<Span> spans = {with_valid_days(saw("taobao", kNo, "2021-10-01"), 60),
                                   saw("taobao", kYes, "2021-10-25"), saw("jd", kNo, "2021-10-01"),
                                   saw("jd", kYes, "2021-10-20"), saw("jd", kNo, "2021-11-10")};
  const Later table[] = {
      {"alike", "2021-10-19", "met confirmed blocked host; with jd"},
      {"from then on", "2021-10-20", "breached confirmed blocked host; overdue 0 (0 unmeasured); relapsed; with jd"},
      {"by the day after it", "2021-10-23",
       "breached confirmed blocked host; overdue 3 (0 unmeasured); relapsed; with jd"},
      {"until it opens, too", "2021-10-25", "met confirmed direct; cured 2021-10-25; with jd"},
      {"and it stays so when the other is treated worse", "2021-11-11",
       "met confirmed direct; cured 2021-10-25; with jd"},
  };
  for (const Later& row : table) {
    EXPECT_EQ(told_with_others(pick(judged(spans, row.as_of), "taobao", "wechat/group")), row.expected) << row.what;
  }
  const Finding breached = pick(judged(spans, "2021-10-23"), "taobao", "wechat/group");
  EXPECT_EQ(breached.since, at("2021-10-20"));
  const std::int64_t own = spans[0].first_entry, of_the_other = spans[3].first_entry;
  EXPECT_EQ(breached.entries, (std::vector<std::int64_t>{own, of_the_other}));
  EXPECT_EQ(breached.breached_links, std::vector<std::string>{"taobao/item"});
}

TEST(Parity, BreachIsNotCuredByTheOtherGoingStale) {
  const std::vector<Span> spans = {with_valid_days(saw("taobao", kNo), 60), saw("jd", kYes)};
  EXPECT_EQ(told_with_others(pick(judged(spans, "2021-11-10"), "taobao", "wechat/group")), "undetermined blocked host");
  const std::vector<Span> two_links = {with_valid_days(saw("taobao", kNo), 60), saw("jd", kYes),
                                       of_link(person("2021-11-05", kYes), "taobao/home"),
                                       saw("pdd", kNo, "2021-09-01")};
  EXPECT_EQ(pick(judged(two_links, "2021-11-10"), "taobao", "wechat/group").status, Status::undetermined);
}

TEST(Parity, LowerTierThatComparesOtherwiseContradicts) {
  const std::vector<Span> spans = {saw("taobao", kYes, "2021-10-01"), saw("jd", kYes, "2021-10-01"),
                                   gateway("taobao", kNo, "2021-10-03"), gateway("jd", kYes, "2021-10-03")};
  const auto findings = judged(spans, "2021-10-04");
  EXPECT_EQ(told_with_others(pick(findings, "taobao", "wechat/group")),
            "met confirmed direct; contradicted by gateway blocked; with jd");
  EXPECT_EQ(told_with_others(pick(findings, "jd", "wechat/group")), "met confirmed direct; with taobao");
}

TEST(Parity, PlatformThatBindsNobodyToItsLooksBreachesOnlyBySteps) {
  Obligation binds_platforms = alike();
  binds_platforms.binds_host = false;
  binds_platforms.binds_platform = true;
  check({"a worse presentation is the host app's doing",
         {shown(saw("taobao", kYes), Presentation::text), shown(saw("jd", kYes), Presentation::card)},
         "undetermined (would be breached) direct host; with jd",
         "met confirmed direct; with taobao"},
        binds_platforms);
  check({"a wall of its own is the platform's",
         {with_blame(saw("taobao", Outcome::login_wall), Blame::platform), saw("jd", kYes)},
         "breached confirmed login_wall platform; overdue 14 (13 unmeasured); with jd",
         "met confirmed direct; with taobao"},
        binds_platforms);
}

TEST(Parity, NotDueComparesNobody) {
  const auto findings = judged({saw("taobao", kNo, "2021-09-10"), saw("jd", kYes, "2021-09-10")}, "2021-09-12");
  EXPECT_EQ(told_with_others(pick(findings, "taobao", "wechat/group")), "not_due blocked host");
}

// More links than are judged at a time: those of one platform are measured by all of the other, and its one bad link is
// found.
TEST(Parity, TenThousandLinksAreComparedAsFewAre) {
  Policy policy = shops(alike());
  policy.platforms = {{"jd", "ecommerce", "jd", {}}, {"taobao", "ecommerce", "alibaba", {}}};
  std::vector<Span> spans;
  for (JudgedPlatform& platform : policy.platforms) {
    for (int link = 0; link < 5000; ++link) {
      platform.links.push_back(platform.id + "/" + std::to_string(link));
      const bool bad = platform.id == "taobao" && link == 4321;
      Span span = saw(platform.id, bad ? kNo : kYes);
      span.link = kept(platform.links.back());
      span.first_entry = span.last_entry = static_cast<std::int64_t>(spans.size() + 1);
      spans.push_back(span);
    }
  }
  const std::vector<Finding> findings = judge(policy, spans, at("2021-10-01"));
  const Finding &jd = pick(findings, "jd", "wechat/group"), &taobao = pick(findings, "taobao", "wechat/group");
  EXPECT_EQ(told_with_others(jd), "met confirmed direct; with taobao");
  EXPECT_EQ(jd.measured_links, 5000);
  EXPECT_EQ(jd.entries.size(), 10'000U);  // its own, and all that it was compared with
  EXPECT_EQ(told_with_others(taobao), "breached confirmed blocked host; overdue 14 (13 unmeasured); with jd");
  EXPECT_EQ(taobao.breached_links, std::vector<std::string>{"taobao/4321"});
  EXPECT_EQ(taobao.entries.size(), 5001U);
}

}  // namespace
}  // namespace linkaudit::law
