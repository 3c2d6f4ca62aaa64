// Sources that disagree at one tier.
#include <gtest/gtest.h>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;
using probes::Tier;

const Outcome kYes = Outcome::direct, kNo = Outcome::blocked;
const char* kMet = "met confirmed direct";

struct Case {
  const char* what;
  std::vector<Span> spans;
  const char* as_of;
  const char* expected;
};

const Case kCases[] = {
    {"two people agree", {person("2021-10-01", kYes), person("2021-10-02", kYes, "bob")}, "2021-10-02", kMet},
    {"two people disagree: undetermined, the last known shown",
     {person("2021-10-01", kNo), person("2021-10-02", kYes, "bob")},
     "2021-10-02",
     "undetermined direct; disputed"},
    {"whoever came first",
     {person("2021-10-01", kYes), person("2021-10-02", kNo, "bob")},
     "2021-10-02",
     "undetermined blocked host; disputed"},
    {"two refusals of different kinds differ in outcome",
     {person("2021-10-01", Outcome::login_wall), person("2021-10-02", kNo, "bob")},
     "2021-10-02",
     "undetermined blocked host; disputed"},
    {"exactly seven days apart",
     {person("2021-10-01", kNo), person("2021-10-08T12:00:00.000", kYes, "bob")},
     "2021-10-08T12:00:00.000",
     "undetermined direct; disputed"},
    {"a millisecond more: the newer holds",
     {person("2021-10-01", kNo), person("2021-10-08T12:00:00.001", kYes, "bob")},
     "2021-10-08T12:00:00.001",
     "met confirmed direct; cured 2021-10-08"},
    {"it lasts while the older word is at most seven days old",
     {person("2021-10-01", kNo), person("2021-10-02", kYes, "bob")},
     "2021-10-08T12:00:00.000",
     "undetermined direct; disputed"},
    {"and then the newer holds",
     {person("2021-10-01", kNo), person("2021-10-02", kYes, "bob")},
     "2021-10-08T12:00:00.001",
     "met confirmed direct; cured 2021-10-02"},
    {"a third who agrees with the newer ends it",
     {person("2021-10-01", kNo), person("2021-10-02", kYes, "bob"), person("2021-10-03", kYes, "cem")},
     "2021-10-03",
     "met confirmed direct; cured 2021-10-02"},
    {"a third who agrees with the older ends it too",
     {person("2021-10-01", kYes), person("2021-10-02", kNo, "bob"), person("2021-10-03", kYes, "cem")},
     "2021-10-03",
     kMet},
    {"for good: the lone voice does not come back with the age of the others",
     {person("2021-10-01", kYes), person("2021-10-06", kNo, "bob"), person("2021-10-07", kYes, "cem")},
     "2021-10-09",
     kMet},
    {"a third who says yet another thing does not",
     {person("2021-10-01", kYes), person("2021-10-02", kNo, "bob"), person("2021-10-03", Outcome::confirm, "cem")},
     "2021-10-03",
     "undetermined confirm host; disputed"},
    {"a fourth does then",
     {person("2021-10-01", kYes), person("2021-10-02", kNo, "bob"), person("2021-10-03", Outcome::confirm, "cem"),
      person("2021-10-04", kYes, "dan")},
     "2021-10-04",
     kMet},
    {"one who changes sides ends it",
     {person("2021-10-01", kNo), person("2021-10-02", kYes, "bob"), person("2021-10-03", kYes)},
     "2021-10-03",
     "met confirmed direct; cured 2021-10-02"},
    {"one who repeats himself does not",
     {person("2021-10-01", kNo), person("2021-10-02", kYes, "bob"), with_steps(person("2021-10-03", kNo), 2)},
     "2021-10-03",
     "undetermined blocked host; disputed"},
    {"one alone cannot dispute with himself",
     {person("2021-10-01", kNo), person("2021-10-02", kYes)},
     "2021-10-02",
     "met confirmed direct; cured 2021-10-02"},
    {"unless in one breath",
     {person("2021-10-01", kYes), person("2021-10-01", kNo)},
     "2021-10-01",
     "undetermined blocked host; disputed"},
    {"two at the same instant",
     {person("2021-10-01", kYes), person("2021-10-01", kNo, "bob")},
     "2021-10-01",
     "undetermined blocked host; disputed"},
    {"a word that is stale disputes nothing",
     {with_valid_days(person("2021-10-01", kNo), 1), person("2021-10-03", kYes, "bob")},
     "2021-10-03",
     "met confirmed direct; cured 2021-10-03"},
    {"tiers do not dispute",
     {person("2021-10-01", kYes), probe(Tier::gateway, "2021-09-30", kNo)},
     "2021-10-02",
     "met confirmed direct; cured 2021-10-01"},
    {"at a lower tier as well",
     {probe(Tier::gateway, "2021-10-01", kNo), probe(Tier::gateway, "2021-10-02", Outcome::login_wall, "other")},
     "2021-10-02",
     "undetermined login_wall host; disputed"},
    {"a dispute is no breach that could be cured",
     {person("2021-10-01", kYes), person("2021-10-02", kNo, "bob"), person("2021-10-03", kYes, "bob")},
     "2021-10-03",
     kMet},
};

TEST(Dispute, EndsByAThirdVoiceOrByAge) {
  for (const Case& row : kCases) EXPECT_EQ(found(row.spans, row.as_of), row.expected) << row.what;
}

TEST(Dispute, PresentationStepsAndBlameMakeNone) {
  Span card = person("2021-10-01", kNo), folded = with_steps(person("2021-10-02", kNo, "bob"), 2);
  card.presentation = probes::Presentation::card;
  folded.presentation = probes::Presentation::folded;
  EXPECT_EQ(found({card, folded}, "2021-10-02"), "breached confirmed blocked host; overdue 15 (13 unmeasured)");
}

TEST(Dispute, ShowsBothSidesAndTheirEntries) {
  const Span ann = person("2021-10-01", kNo), bob = person("2021-10-02", kYes, "bob");
  const Finding finding =
      pick(judge(policy_of(unblock()), std::vector{ann, bob}, at("2021-10-03")), "taobao", "wechat/group");
  ASSERT_EQ(finding.words.size(), 2u);
  EXPECT_EQ(finding.words[0],
            (Word{std::string(ann.link), std::string(ann.source), Tier::in_app, kNo, ann.last, ann.last_entry}));
  EXPECT_EQ(finding.words[1],
            (Word{std::string(bob.link), std::string(bob.source), Tier::in_app, kYes, bob.last, bob.last_entry}));
  EXPECT_EQ(finding.entries, (std::vector{ann.last_entry, bob.last_entry}));
  EXPECT_EQ(finding.since, bob.first);  // it broke out then
}

TEST(Dispute, WindowIsThePolicys) {
  Policy policy = policy_of(unblock());
  policy.settings.dispute_days = 1;
  const std::vector spans = {person("2021-10-01", kNo), person("2021-10-02", kYes, "bob")};
  const auto status = [&](const char* as_of) {
    return pick(judge(policy, spans, at(as_of)), "taobao", "wechat/group").disputed;
  };
  EXPECT_TRUE(status("2021-10-02T12:00:00.000"));
  EXPECT_FALSE(status("2021-10-02T12:00:00.001"));
}

}  // namespace
}  // namespace linkaudit::law
