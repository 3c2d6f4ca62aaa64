// Fresh and stale words, and which tier wins.
#include <gtest/gtest.h>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;
using probes::Tier;

struct Case {
  const char* what;
  std::vector<Span> spans;
  const char* as_of;
  const char* expected;
};

const Span kPersonBlocked = person("2021-10-01", Outcome::blocked),
           kPersonDirect = person("2021-10-01", Outcome::direct);

const Case kFresh[] = {
    {"nothing was ever seen", {}, "2021-10-01", "undetermined"},
    {"at the instant itself", {kPersonDirect}, "2021-10-01", "met confirmed direct"},
    {"a person's word lives 31 days, the last instant included",
     {kPersonDirect},
     "2021-11-01T12:00:00.000",
     "met confirmed direct"},
    {"and not a millisecond longer", {kPersonDirect}, "2021-11-01T12:00:00.001", "undetermined direct; stale"},
    {"a probe's word lives 7 days",
     {probe(Tier::in_app, "2021-10-01", Outcome::direct)},
     "2021-10-08T12:00:00.000",
     "met confirmed direct"},
    {"and not a millisecond longer",
     {probe(Tier::in_app, "2021-10-01", Outcome::direct)},
     "2021-10-08T12:00:00.001",
     "undetermined direct; stale"},
    {"or as many days as it says itself",
     {with_valid_days(kPersonDirect, 2)},
     "2021-10-03T12:00:00.000",
     "met confirmed direct"},
    {"and no longer", {with_valid_days(kPersonDirect, 2)}, "2021-10-03T12:00:00.001", "undetermined direct; stale"},
    {"valid for no day: only at its own instant",
     {with_valid_days(kPersonDirect, 0)},
     "2021-10-01T12:00:00.001",
     "undetermined direct; stale"},
    {"age counts from the last observation of a span",
     {probes_of(Tier::in_app, "2021-09-20", "2021-10-01", 2, Outcome::direct)},
     "2021-10-08",
     "met confirmed direct"},
    {"a stale breach is not cured, nor does it count",
     {kPersonBlocked},
     "2021-11-02",
     "undetermined blocked host; stale"},
    {"what was seen after as-of is not known", {kPersonBlocked}, "2021-09-30", "undetermined"},
    {"the source's later word replaces its own earlier one",
     {kPersonBlocked, person("2021-10-02", Outcome::direct)},
     "2021-10-02",
     "met confirmed direct; cured 2021-10-02"},
    {"also when that one is stale",
     {kPersonBlocked, with_valid_days(person("2021-10-02", Outcome::direct), 1)},
     "2021-10-04",
     "undetermined direct; stale"},
    {"what a newer word has overruled does not come back when that one ages",
     {kPersonBlocked, with_valid_days(person("2021-10-15", Outcome::direct, "bob"), 1)},
     "2021-10-17",
     "undetermined direct; stale"},
    {"an older word that says the same keeps it fresh",
     {kPersonDirect, with_valid_days(person("2021-10-15", Outcome::direct, "bob"), 1)},
     "2021-10-17",
     "met confirmed direct"},
};

TEST(Freshness, WordsCountWhileTheyLive) {
  for (const Case& row : kFresh) EXPECT_EQ(found(row.spans, row.as_of), row.expected) << row.what;
}

const Case kTiers[] = {
    {"a gateway refuses: suspected",
     {probe(Tier::gateway, "2021-10-01", Outcome::blocked)},
     "2021-10-01",
     "breached suspected blocked host; overdue 14 (13 unmeasured)"},
    {"a gateway lets through: that shows nothing yet",
     {probe(Tier::gateway, "2021-10-01", Outcome::direct)},
     "2021-10-01",
     "undetermined (would be met) direct"},
    {"the target alone serves: neither",
     {probe(Tier::target, "2021-10-01", Outcome::direct)},
     "2021-10-01",
     "undetermined (would be met) direct"},
    {"the higher tier wins over a newer word below",
     {kPersonDirect, probe(Tier::gateway, "2021-10-05", Outcome::blocked)},
     "2021-10-05",
     "met confirmed direct; contradicted by gateway blocked"},
    {"also when it accuses",
     {kPersonBlocked, probe(Tier::gateway, "2021-10-05", Outcome::direct)},
     "2021-10-05",
     "breached confirmed blocked host; overdue 18 (13 unmeasured); contradicted by gateway direct"},
    {"until it is stale",
     {kPersonDirect, probe(Tier::gateway, "2021-10-30", Outcome::blocked)},
     "2021-11-01T12:00:00.001",
     "breached suspected blocked host; overdue 0 (0 unmeasured); relapsed"},
    {"an attested breach that went stale is not met by the target alone",
     {kPersonBlocked, probe(Tier::target, "2021-11-05", Outcome::direct)},
     "2021-11-05",
     "undetermined (would be met) direct"},
    {"with no fresh word at any tier: what was known last",
     {kPersonDirect, probe(Tier::target, "2021-11-05", Outcome::login_wall)},
     "2021-11-30",
     "undetermined login_wall host; stale"},
};

TEST(Freshness, HighestTierWithAFreshWordWins) {
  for (const Case& row : kTiers) EXPECT_EQ(found(row.spans, row.as_of), row.expected) << row.what;
}

const Case kContradictions[] = {
    {"an older word below contradicts nobody",
     {kPersonDirect, probe(Tier::gateway, "2021-09-30", Outcome::blocked)},
     "2021-10-02",
     "met confirmed direct; cured 2021-10-01"},
    {"nor does a state below that the person already knew of",
     {kPersonDirect, probes_of(Tier::gateway, "2021-09-25", "2021-10-05", 11, Outcome::blocked)},
     "2021-10-05",
     "met confirmed direct; cured 2021-10-01"},
    {"nor one that cannot tell",
     {kPersonDirect, probe(Tier::gateway, "2021-10-05", Outcome::challenge)},
     "2021-10-05",
     "met confirmed direct"},
    {"nor a soft one",
     {kPersonDirect, by_network_failure(probe(Tier::gateway, "2021-10-05", Outcome::blocked))},
     "2021-10-05",
     "met confirmed direct"},
    {"nor a stale one",
     {kPersonDirect, probe(Tier::gateway, "2021-10-05", Outcome::blocked)},
     "2021-10-13",
     "met confirmed direct"},
    {"nor one in dispute",
     {kPersonDirect, probe(Tier::gateway, "2021-10-05", Outcome::blocked),
      probe(Tier::gateway, "2021-10-06", Outcome::direct, "other")},
     "2021-10-06",
     "met confirmed direct"},
    {"another refusal is a breach just as well",
     {kPersonBlocked, probe(Tier::gateway, "2021-10-05", Outcome::login_wall)},
     "2021-10-05",
     "breached confirmed blocked host; overdue 18 (13 unmeasured)"},
    {"of two tiers the better evidence is named",
     {kPersonDirect, probe(Tier::gateway, "2021-10-05", Outcome::blocked),
      probe(Tier::target, "2021-10-04", Outcome::login_wall)},
     "2021-10-05",
     "met confirmed direct; contradicted by gateway blocked"},
    {"a person's newer word settles it",
     {kPersonDirect, probe(Tier::gateway, "2021-10-05", Outcome::blocked), person("2021-10-06", Outcome::direct)},
     "2021-10-06",
     "met confirmed direct"},
};

TEST(Freshness, OnlyANewerHardStateContradicts) {
  for (const Case& row : kContradictions) EXPECT_EQ(found(row.spans, row.as_of), row.expected) << row.what;
}

TEST(Freshness, ContradictionNamesItsBeginningAndItsEntry) {
  const Span below = probes_of(Tier::gateway, "2021-10-03", "2021-10-05", 3, Outcome::blocked);
  const auto findings = judge(policy_of(unblock()), std::vector{kPersonDirect, below}, at("2021-10-05"));
  const Contradiction expected{Tier::gateway, Outcome::blocked, at("2021-10-03"), below.last_entry};
  EXPECT_EQ(pick(findings, "taobao", "wechat/group").contradicted_by, expected);
}

// The to-do list is by finding: a link that another one outweighs would be forgotten.
TEST(Freshness, ContradictionOfALinkThatDoesNotDecideIsGivenToo) {
  const Span below = probes_of(Tier::gateway, "2021-10-03", "2021-10-05", 3, Outcome::blocked);
  const Span other = of_link(person("2021-10-01", Outcome::blocked), "taobao/short");
  Policy policy = policy_of(unblock());
  for (JudgedPlatform& platform : policy.platforms) {
    if (platform.id == "taobao") platform.links = {"taobao/item", "taobao/short"};
  }
  const auto findings = judge(policy, std::vector{kPersonDirect, below, other}, at("2021-10-05"));
  const Finding finding = pick(findings, "taobao", "wechat/group");
  EXPECT_EQ(finding.breached_links, std::vector<std::string>{"taobao/short"});
  const Contradiction expected{Tier::gateway, Outcome::blocked, at("2021-10-03"), below.last_entry};
  EXPECT_EQ(finding.contradicted_by, expected);
}

}  // namespace
}  // namespace linkaudit::law
