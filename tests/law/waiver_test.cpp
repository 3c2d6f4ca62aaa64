// Waivers: what is exempt, for how long, and what it would have been.
#include <gtest/gtest.h>

#include "audit/law/waiver_use.h"
#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;

Waiver waiver(const ScopeTerms& terms) {
  Waiver waiver;
  waiver.id = "W-1";
  waiver.scope.terms = terms;
  waiver.justification = "migration";
  waiver.approver = "head of compliance";
  waiver.from = {2021, 10, 1};
  waiver.expires = {2021, 12, 31};
  waiver.zone = "Asia/Shanghai";
  return waiver;
}

ScopeTerms taobao() {
  ScopeTerms terms;
  terms.platforms = {"taobao"};
  return terms;
}

ScopeTerms link(const std::string& id) {
  ScopeTerms terms;
  terms.links = {id};
  return terms;
}

Finding waived(const std::vector<Waiver>& waivers, const std::vector<Span>& spans, const std::string& as_of) {
  Policy policy = small_policy();
  policy.waivers = waivers;
  return pick(judge(policy, spans, at(as_of)), "taobao", "wechat/group");
}

struct Case {
  const char* what;
  const char* as_of;
  const char* expected;
};

TEST(Waiver, ExemptsBetweenItsMidnights) {
  const Case table[] = {
      {"before it begins", "2021-09-30T23:59:59.999", "breached confirmed blocked host; overdue 13 (2 unmeasured)"},
      {"from 00:00", "2021-10-01T00:00:00.000", "exempt (would be breached) confirmed blocked host; waiver W-1"},
      {"to the last instant", "2021-12-30T23:59:59.999",
       "exempt (would be breached) confirmed blocked host; waiver W-1"},
      {"bites again at 00:00, with no new run", "2021-12-31T00:00:00.000",
       "breached confirmed blocked host; overdue 105 (2 unmeasured)"},
  };
  const Span seen = with_valid_days(person("2021-09-20", Outcome::blocked), 365);
  for (const Case& row : table)
    EXPECT_EQ(told(waived({waiver(taobao())}, {seen}, row.as_of)), row.expected) << row.what;
}

TEST(Waiver, MidnightIsThatOfItsZone) {
  Waiver elsewhere = waiver(taobao());
  elsewhere.zone = "America/New_York";
  const Span seen = person("2021-12-20", Outcome::blocked);
  EXPECT_EQ(waived({elsewhere}, {seen}, "2021-12-31T12:59:59.999").status, Status::exempt);
  EXPECT_EQ(waived({elsewhere}, {seen}, "2021-12-31T13:00:00.000").status, Status::breached);
}

TEST(Waiver, SaysWhatItWouldHaveBeen) {
  const auto would_be = [](const std::vector<Span>& spans, const char* as_of) {
    return waived({waiver(taobao())}, spans, as_of).would_be;
  };
  EXPECT_EQ(would_be({person("2021-10-01", Outcome::direct)}, "2021-10-01"), Status::met);
  EXPECT_EQ(would_be({}, "2021-10-01"), Status::undetermined);
  EXPECT_EQ(would_be({probe(probes::Tier::gateway, "2021-10-01", Outcome::direct)}, "2021-10-01"),
            Status::undetermined);
}

TEST(Waiver, GoesBeforeNotDue) {
  Waiver early = waiver(taobao());
  early.from = {2021, 9, 1};
  EXPECT_EQ(told(waived({early}, {person("2021-09-10", Outcome::blocked)}, "2021-09-10")),
            "exempt (would be not_due) blocked host; waiver W-1");
}

TEST(Waiver, OfOneLinkLeavesTheOtherToDecide) {
  const std::vector item_refused = {person("2021-10-05", Outcome::blocked),
                                    of_link(person("2021-10-05", Outcome::direct), "taobao/home")};
  const Finding finding = waived({waiver(link("taobao/item"))}, item_refused, "2021-10-05");
  EXPECT_EQ(told(finding), "met confirmed direct; waiver W-1");
  EXPECT_EQ(finding.links, 2);  // the denominator does not shrink
  EXPECT_EQ(waived({waiver(link("taobao/home"))}, item_refused, "2021-10-05").status, Status::breached);
}

TEST(Waiver, OfEachLinkExemptsThePair) {
  Waiver second = waiver(link("taobao/home"));
  second.id = "W-2";
  const Finding finding = waived({waiver(link("taobao/item")), second}, {}, "2021-10-05");
  EXPECT_EQ(finding.status, Status::exempt);
  EXPECT_EQ(finding.waiver, "W-1");
}

TEST(Waiver, CoversNothingOutsideItsScope) {
  Waiver exception = waiver(taobao());
  exception.scope.except.contexts = {"wechat/group"};
  EXPECT_EQ(waived({exception}, {}, "2021-10-05").status, Status::undetermined);
  ScopeTerms moments;
  moments.kinds = {"feed"};
  EXPECT_EQ(waived({waiver(moments)}, {}, "2021-10-05").status, Status::undetermined);
}

TEST(Waiver, OfAnObligationExemptsFromNoOther) {
  Waiver of_other = waiver(taobao()), of_both = waiver(taobao());
  of_other.obligations = {"another"};
  of_both.obligations = {"another", small_policy().obligations[0].id};
  const std::vector seen = {person("2021-10-05", Outcome::blocked)};
  EXPECT_EQ(waived({of_other}, seen, "2021-10-05").status, Status::breached);
  EXPECT_EQ(told(waived({of_both}, seen, "2021-10-05")),
            "exempt (would be breached) confirmed blocked host; waiver W-1");
  Policy policy = small_policy();
  policy.waivers = {of_other, of_both};
  const auto uses = waiver_uses(policy, judge(policy, seen, at("2021-10-05")), at("2021-10-05"));
  EXPECT_EQ(uses[0].findings, 0);
  EXPECT_GT(uses[1].exempt, 0);
}

TEST(Waiver, OfAPlatformWithoutLinksExemptsItToo) {
  Policy policy = small_policy();
  policy.platforms[0].links.clear();
  policy.waivers = {waiver(taobao())};
  EXPECT_EQ(told(pick(judge(policy, {}, at("2021-10-05")), "taobao", "wechat/group")),
            "exempt (would be undetermined); waiver W-1");
}

WaiverUse use_of(const Waiver& of, const std::vector<Span>& spans, const std::string& as_of) {
  Policy policy = small_policy();
  policy.waivers = {of};
  const auto findings = judge(policy, spans, at(as_of));
  return waiver_uses(policy, findings, at(as_of)).at(0);
}

TEST(WaiverUse, IsWhatItCoversAndWhatThatComesTo) {
  const Span refused = with_valid_days(person("2021-09-20", Outcome::blocked), 365);
  const WaiverUse in_force = use_of(waiver(taobao()), {refused}, "2021-12-30T23:59:59.999");
  EXPECT_EQ(in_force.state, WaiverState::in_force);
  EXPECT_EQ(in_force.findings, 3);  // chats and feed; the article is outside the clause
  EXPECT_EQ(in_force.exempt, 3);
  EXPECT_EQ(in_force.breached, 1);
  const WaiverUse expired = use_of(waiver(taobao()), {refused}, "2021-12-31T00:00:00");
  EXPECT_EQ(expired.state, WaiverState::expired);
  EXPECT_EQ(expired.ends, at("2021-12-31T00:00:00"));
  EXPECT_EQ(expired.findings, 3);
  EXPECT_EQ(expired.exempt, 0);
  EXPECT_EQ(expired.breached, 1);
  EXPECT_EQ(use_of(waiver(taobao()), {refused}, "2021-09-30T23:59:59.999").state, WaiverState::not_begun);
}

TEST(WaiverUse, OfAScopeThatNoClauseSpeaksOfMatchesNothing) {
  ScopeTerms article;
  article.kinds = {"article"};
  EXPECT_EQ(use_of(waiver(article), {}, "2021-10-05").findings, 0);
}

TEST(WaiverUse, OfOneLinkMatchesTheFindingThatTheLinkIsIn) {
  const WaiverUse use = use_of(waiver(link("taobao/home")), {person("2021-10-05", Outcome::blocked)}, "2021-10-05");
  EXPECT_EQ(use.findings, 3);
  EXPECT_EQ(use.exempt, 0);
  EXPECT_EQ(use.breached, 1);
}

}  // namespace
}  // namespace linkaudit::law
