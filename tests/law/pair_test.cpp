// From links to a platform in a context.
#include <gtest/gtest.h>

#include <array>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Blame;
using probes::Outcome;
using probes::Tier;

const Outcome kYes = Outcome::direct, kNo = Outcome::blocked;
const char* kHome = "taobao/home";

Span home(const std::string& when, Outcome outcome, const std::string& observer = "ann") {
  return of_link(person(when, outcome, observer), kHome);
}

Finding of_two(const std::vector<Span>& spans, const std::string& as_of, const Policy& policy = small_policy()) {
  return pick(judge(policy, spans, at(as_of)), "taobao", "wechat/group");
}

struct Case {
  const char* what;
  std::vector<Span> spans;
  const char* as_of;
  const char* expected;
  int measured;
};

const Case kCases[] = {
    {"none measured", {}, "2021-10-01", "undetermined", 0},
    {"one met, one never measured", {person("2021-10-01", kYes)}, "2021-10-01", "met confirmed direct", 1},
    {"both met", {person("2021-10-01", kYes), home("2021-10-01", kYes)}, "2021-10-01", "met confirmed direct", 2},
    {"one breached is enough",
     {person("2021-10-01", kYes), home("2021-10-01", kNo)},
     "2021-10-01",
     "breached confirmed blocked host; overdue 14 (13 unmeasured)",
     2},
    {"breached before disputed",
     {person("2021-10-01", kYes), person("2021-10-01", kNo, "bob"), home("2021-10-01", kNo)},
     "2021-10-01",
     "breached confirmed blocked host; overdue 14 (13 unmeasured)",
     2},
    {"disputed before met",
     {person("2021-10-01", kNo), person("2021-10-02", kYes, "bob"), home("2021-10-01", kYes)},
     "2021-10-02",
     "undetermined direct; disputed",
     2},
    {"disputed before stale",
     {person("2021-09-01", kNo), home("2021-10-05", kYes), home("2021-10-06", kNo, "bob")},
     "2021-10-06",
     "undetermined blocked host; disputed",
     1},
    {"a stale breach before met: not looking cures nothing",
     {person("2021-09-20", kNo), home("2021-11-01", kYes)},
     "2021-11-01",
     "undetermined blocked host; stale",
     1},
    {"a stale met link takes nothing from a fresh one",
     {person("2021-09-20", kYes), home("2021-11-01", kYes)},
     "2021-11-01",
     "met confirmed direct",
     1},
    {"no link fresh",
     {person("2021-09-20", kYes), home("2021-09-21", Outcome::challenge)},
     "2021-11-01",
     "undetermined direct; stale",
     0},
    {"a breach that nobody can see past any more is not cured by the other link",
     {person("2021-09-20", kNo), person("2021-09-25", Outcome::challenge), home("2021-09-25", kYes)},
     "2021-09-25",
     "undetermined direct",
     2},
    {"nor by what a lower tier shows",
     {person("2021-09-20", kNo), probe(Tier::target, "2021-11-01", kYes), home("2021-11-01", kYes)},
     "2021-11-01",
     "undetermined (would be met) direct",
     2},
    {"one that cannot tell does not prevent met",
     {person("2021-10-01", Outcome::challenge), home("2021-10-01", kYes)},
     "2021-10-01",
     "met confirmed direct",
     2},
    {"nor a refusal by somebody not bound, which is shown as the worst",
     {with_blame(person("2021-10-01", kNo), Blame::platform), home("2021-10-01", kYes)},
     "2021-10-01",
     "met confirmed blocked platform",
     2},
    {"but it never stands for the breach of another link",
     {with_blame(person("2021-10-01", kNo), Blame::platform), home("2021-10-01", Outcome::login_wall)},
     "2021-10-01",
     "breached confirmed login_wall host; overdue 14 (13 unmeasured)",
     2},
    {"the worst fresh link is shown",
     {person("2021-10-01", Outcome::login_wall), home("2021-10-01", Outcome::text_token)},
     "2021-10-01",
     "breached confirmed text_token host; overdue 14 (13 unmeasured)",
     2},
    {"a confirmed breach before a suspected one",
     {person("2021-10-01", Outcome::login_wall), of_link(probe(Tier::gateway, "2021-10-01", kNo), kHome)},
     "2021-10-01",
     "breached confirmed login_wall host; overdue 14 (13 unmeasured)",
     2},
    {"nothing but what cannot tell",
     {person("2021-10-01", Outcome::challenge), home("2021-10-01", Outcome::unreachable)},
     "2021-10-01",
     "undetermined challenge unknown",
     2},
    {"of two that would be, the worse",
     {probe(Tier::gateway, "2021-10-01", kYes), with_blame(home("2021-10-01", kNo), Blame::platform)},
     "2021-10-01",
     "undetermined (would be breached) blocked platform",
     2},
    {"the longest overdue counts, and every fresh word of the breached links",
     {person("2021-09-20", kYes), person("2021-10-01", kNo), home("2021-10-03", kNo)},
     "2021-10-04",
     "breached confirmed blocked host; overdue 17 (2 unmeasured); relapsed",
     2},
    {"the last cure counts",
     {person("2021-09-20", kNo), person("2021-10-01", kYes), home("2021-09-20", kNo), home("2021-10-03", kYes)},
     "2021-10-04",
     "met confirmed direct; cured 2021-10-03",
     2},
};

TEST(Pair, IsDecidedByTheFirstThatApplies) {
  for (const Case& row : kCases) {
    const Finding finding = of_two(row.spans, row.as_of);
    EXPECT_EQ(told(finding), row.expected) << row.what;
    EXPECT_EQ(finding.measured_links, row.measured) << row.what;
    EXPECT_EQ(finding.links, 2) << row.what;
  }
}

TEST(Pair, WorstOutcomeIsShownInTheOrderOfTheLaw) {
  constexpr std::array kBestFirst = {Outcome::challenge,  Outcome::direct,           Outcome::confirm,
                                     Outcome::login_wall, Outcome::external_browser, Outcome::text_token,
                                     Outcome::app_jump,   Outcome::blocked};
  for (std::size_t worse = 1; worse < kBestFirst.size(); ++worse) {
    const Outcome better = kBestFirst[worse - 1];
    EXPECT_EQ(of_two({person("2021-10-01", kBestFirst[worse]), home("2021-10-01", better)}, "2021-10-01").outcome,
              kBestFirst[worse])
        << name(better);
  }
}

TEST(Pair, BeganWithTheEarliestOfTheLinksThatDecide) {
  const Finding finding = of_two({person("2021-10-01", kNo), home("2021-09-20", kNo)}, "2021-10-02");
  EXPECT_EQ(finding.since, at("2021-09-20"));
  EXPECT_EQ(finding.last, at("2021-10-01"));
  EXPECT_EQ(finding.breached_links, (std::vector<std::string>{"taobao/item", "taobao/home"}));
  // The link that is met decides nothing where another is breached.
  const Finding one = of_two({person("2021-10-01", kNo), home("2021-09-20", kYes)}, "2021-10-02");
  EXPECT_EQ(one.since, at("2021-10-01"));
  EXPECT_EQ(one.breached_links, std::vector<std::string>{"taobao/item"});
}

TEST(Pair, RestsOnTheFirstAndLastEntriesOfTheLinksThatDecide) {
  Span refused = probes_of(Tier::in_app, "2021-09-20", "2021-10-01", 12, kNo);
  refused.first_entry = 7;
  refused.last_entry = 70;
  Span served = home("2021-10-01", kYes);
  served.first_entry = served.last_entry = 71;
  EXPECT_EQ(of_two({refused, served}, "2021-10-01").entries, (std::vector<std::int64_t>{7, 70}));
}

TEST(Pair, FactsOfTheLinkShownAreKept) {
  Span shown = with_steps(home("2021-10-01", Outcome::confirm), 1);
  shown.presentation = probes::Presentation::folded;
  const Finding finding = of_two({person("2021-10-01", kYes), shown}, "2021-10-01");
  EXPECT_EQ(finding.steps, 1);
  EXPECT_EQ(finding.presentation, probes::Presentation::folded);
  EXPECT_EQ(finding.tier, Tier::in_app);
}

TEST(Pair, ParityIsUndeterminedAndShowsWhatWasSeen) {
  Policy policy = small_policy();
  policy.obligations[0].requires_ = {{}, {}, {ParityOver::outcome}};
  EXPECT_EQ(told(of_two({person("2021-10-01", kNo), home("2021-10-01", kYes)}, "2021-10-01", policy)),
            "undetermined blocked host");
}

TEST(Pair, NotDueShowsWhatWasSeenAndSaysNothingOfIt) {
  Policy policy = small_policy();
  policy.obligations[0].until = Date{2021, 11, 29};
  const Finding ended = of_two({person("2021-11-20", kNo)}, "2021-11-29T00:00:00", policy);
  EXPECT_EQ(told(ended), "not_due blocked host");
  EXPECT_TRUE(ended.breached_links.empty());
  EXPECT_EQ(of_two({person("2021-11-20", kNo)}, "2021-11-28T23:59:59.999", policy).status, Status::breached);
}

}  // namespace
}  // namespace linkaudit::law
