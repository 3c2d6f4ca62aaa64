// Which pairs are judged, and in which order.
#include "audit/law/scope.h"

#include <gmock/gmock.h>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> listed(const Policy& policy) {
  std::vector<std::string> pairs;
  for (const Finding& finding : judge(policy, {}, at("2021-10-01"))) {
    if (finding.platform.empty()) continue;  // nothing in scope
    pairs.push_back(finding.obligation + " " + finding.platform + " " + finding.context);
  }
  return pairs;
}

Policy within(const ScopeTerms& terms, const ScopeTerms& except = {}) {
  Policy policy = small_policy();
  policy.obligations[0].scope = {terms, except};
  return policy;
}

ScopeTerms terms(std::vector<std::string> ScopeTerms::*list, std::vector<std::string> values) {
  ScopeTerms terms;
  terms.*list = std::move(values);
  return terms;
}

TEST(Scope, EveryPairIsListedMeasuredOrNotInThePolicysOrder) {
  Policy policy = within(terms(&ScopeTerms::kinds, {"feed", "group"}));
  policy.platforms.resize(2);
  Obligation second = unblock();
  second.id = "second";
  second.scope.terms = terms(&ScopeTerms::contexts, {"wechat/article"});
  policy.obligations.push_back(second);
  EXPECT_THAT(listed(policy), ElementsAre("unblock taobao wechat/group", "unblock taobao wechat/moments",
                                          "unblock xianyu wechat/group", "unblock xianyu wechat/moments",
                                          "second taobao wechat/article", "second xianyu wechat/article"));
}

TEST(Scope, ListsAreOredWithinAndAndedBetween) {
  ScopeTerms both = terms(&ScopeTerms::categories, {"second_hand", "video"});
  both.kinds = {"group"};
  EXPECT_THAT(listed(within(both)), ElementsAre("unblock xianyu wechat/group"));
  both.hosts = {"qq"};
  EXPECT_THAT(listed(within(both)), IsEmpty());
}

TEST(Scope, ExceptionsAreLeftOut) {
  const Policy policy =
      within(terms(&ScopeTerms::contexts, {"wechat/group"}), terms(&ScopeTerms::platforms, {"xianyu", "taobao"}));
  EXPECT_THAT(listed(policy), ElementsAre("unblock douyin_shop wechat/group"));
}

TEST(Scope, LinksNarrowWhatIsCounted) {
  ScopeTerms home = terms(&ScopeTerms::links, {"taobao/home"});
  home.contexts = {"wechat/group"};
  const auto findings =
      judge(within(home), std::vector{person("2021-10-01", probes::Outcome::blocked)}, at("2021-10-01"));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].links, 1);
  EXPECT_EQ(told(findings[0]), "undetermined");  // it is the other link that is blocked
}

TEST(Scope, OwnPlatformsOfTheHostsOperatorAreOutsideUnlessNamed) {
  Policy policy = within(terms(&ScopeTerms::contexts, {"wechat/group"}));
  policy.platforms = {{"weishi", "video", "tencent", {"weishi/video"}}};
  EXPECT_THAT(listed(policy), IsEmpty());
  policy.obligations[0].scope.terms.platforms = {"weishi"};
  EXPECT_THAT(listed(policy), ElementsAre("unblock weishi wechat/group"));
  policy.obligations[0].scope.terms.platforms.clear();
  policy.obligations[0].scope.terms.links = {"weishi/video"};
  EXPECT_THAT(listed(policy), ElementsAre("unblock weishi wechat/group"));
}

TEST(Scope, OperatorsThatNobodyKnowsAreNotTheSame) {
  Policy policy = within(terms(&ScopeTerms::contexts, {"wechat/group"}));
  policy.contexts[1].operator_id.clear();
  policy.platforms = {{"taobao", "ecommerce", "", {"taobao/item"}}};
  EXPECT_THAT(listed(policy), ElementsAre("unblock taobao wechat/group"));
}

TEST(Scope, PlatformWithoutLinksIsListedUnlessLinksAreNamed) {
  Policy policy = within(terms(&ScopeTerms::contexts, {"wechat/group"}));
  policy.platforms = {{"taobao", "ecommerce", "alibaba", {}}};
  EXPECT_THAT(listed(policy), ElementsAre("unblock taobao wechat/group"));
  policy.obligations[0].scope.terms.links = {"taobao/item"};
  EXPECT_THAT(listed(policy), IsEmpty());
}

TEST(Scope, WhatThePolicyDoesNotListIsNotJudged) {
  const std::vector strangers = {attested("jd/item", "wechat/group", "2021-10-01", probes::Outcome::blocked, "ann"),
                                 attested("taobao/item", "qq/group", "2021-10-01", probes::Outcome::blocked, "ann")};
  for (const Finding& finding : judge(small_policy(), strangers, at("2021-10-01"))) {
    EXPECT_EQ(told(finding), "undetermined");
  }
}

TEST(Scope, ObligationThatNothingCanBeCheckedForCountsOnce) {
  Obligation mail = unblock();
  mail.scope.terms.kinds = {"mail"};
  const auto findings = judge(policy_of(mail), {}, at("2021-10-01"));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].status, Status::undetermined);
  EXPECT_EQ(findings[0].obligation, mail.id);
  EXPECT_EQ(findings[0].platform + findings[0].context, "");
  EXPECT_EQ(judge(policy_of(mail), {}, at("2021-09-16")).at(0).status, Status::not_due);
}

}  // namespace
}  // namespace linkaudit::law
