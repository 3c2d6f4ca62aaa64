// The dated press tests of 2021 and 2022, as an import writes them, judged at four dates.
#include <gtest/gtest.h>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;

std::vector<Span> casebook() {
  const std::string first = "press, 2021-09-17", second = "press, 2021-11-30", third = "IT之家";
  return {attested("taobao/item", "wechat/group", "2021-09-17", Outcome::blocked, first),
          attested("taobao/item", "wechat/one_to_one", "2021-09-17", Outcome::external_browser, first),
          attested("taobao/item", "wechat/group", "2021-11-30T10:00:00", Outcome::direct, second),
          attested("taobao/item", "wechat/one_to_one", "2021-11-30T10:00:00", Outcome::direct, second),
          attested("taobao/item", "wechat/group", "2022-01-27", Outcome::direct, third),
          attested("taobao/item", "wechat/moments", "2022-01-27", Outcome::external_browser, third),
          attested("douyin_shop/item", "wechat/one_to_one", "2022-01-27", Outcome::direct, third),
          attested("taobao/home", "wechat/one_to_one", "2022-01-27", Outcome::direct, third),
          attested("taobao/item", "wechat/one_to_one", "2022-01-27", Outcome::direct, third),
          attested("xianyu/item", "wechat/one_to_one", "2022-01-27", Outcome::direct, third)};
}

// What the log holds at as-of.
std::vector<Finding> judged(const std::string& as_of) {
  std::vector<Span> seen;
  for (const Span& span : casebook()) {
    if (span.first <= at(as_of)) seen.push_back(span);
  }
  return judge(small_policy(), seen, at(as_of));
}

TEST(Casebook, WhatWasTestedOpenOnTheDayIsMet) {
  const auto findings = judged("2022-01-27T23:59:59");
  for (const char* platform : {"taobao", "xianyu", "douyin_shop"}) {
    EXPECT_EQ(pick(findings, platform, "wechat/one_to_one").status, Status::met) << platform;
  }
  const Finding group = pick(findings, "taobao", "wechat/group");
  EXPECT_EQ(group.status, Status::met);
  EXPECT_EQ(group.confidence, Confidence::confirmed);
  EXPECT_EQ(group.cured_on, (Date{2021, 11, 30}));
  EXPECT_EQ(group.since, at("2021-11-30T10:00:00"));
  EXPECT_EQ(group.days_overdue, std::nullopt);
}

TEST(Casebook, MomentsIsBreachedFor132Days) {
  const Finding moments = pick(judged("2022-01-27T23:59:59"), "taobao", "wechat/moments");
  EXPECT_EQ(moments.status, Status::breached);
  EXPECT_EQ(moments.confidence, Confidence::confirmed);
  EXPECT_EQ(moments.outcome, Outcome::external_browser);
  EXPECT_EQ(moments.blame, probes::Blame::host);
  EXPECT_EQ(moments.days_overdue, 132);
  EXPECT_EQ(moments.unmeasured_days, 131);
  EXPECT_EQ(moments.since, at("2022-01-27"));
  EXPECT_EQ(moments.measured_links, 1);
  EXPECT_EQ(moments.links, 2);
}

TEST(Casebook, NeverLookedAtIsUndetermined) {
  const Finding finding = pick(judged("2022-01-27T23:59:59"), "xianyu", "wechat/group");
  EXPECT_EQ(finding.status, Status::undetermined);
  EXPECT_EQ(finding.outcome, std::nullopt);
  EXPECT_EQ(finding.measured_links, 0);
  EXPECT_FALSE(finding.stale);
}

TEST(Casebook, EverythingIsNotDueOnTheEve) {
  const auto findings = judged("2021-09-16T23:59:59.999");
  EXPECT_EQ(findings.size(), 9u);
  for (const Finding& finding : findings) EXPECT_EQ(finding.status, Status::not_due) << finding.platform;
}

TEST(Casebook, TwoWeeksAfterTheDeadlineFourteenDaysAreOverdue) {
  const auto findings = judged("2021-10-01");
  for (const char* context : {"wechat/one_to_one", "wechat/group"}) {
    const Finding finding = pick(findings, "taobao", context);
    EXPECT_EQ(finding.status, Status::breached) << context;
    EXPECT_EQ(finding.days_overdue, 14) << context;
    EXPECT_EQ(finding.unmeasured_days, 0) << context;
  }
}

// 31 days after the test nobody knows any more, and nobody has cured anything.
TEST(Casebook, BreachGrowsStaleAndIsNotCuredByIt) {
  const Finding finding = pick(judged("2021-10-18T12:00:00.001"), "taobao", "wechat/group");
  EXPECT_EQ(finding.status, Status::undetermined);
  EXPECT_TRUE(finding.stale);
  EXPECT_EQ(finding.outcome, Outcome::blocked);
  EXPECT_EQ(finding.cured_on, std::nullopt);
}

}  // namespace
}  // namespace linkaudit::law
