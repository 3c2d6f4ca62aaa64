// What holds for any spans: their order leaves no trace, and a history told at once is the history as it was lived.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <tuple>

#include "audit/law/calendar.h"
#include "tests/law/chance.h"
#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;
using std::chrono::hours;

Policy lenient_and_strict(const std::vector<std::string>& links) {
  Policy policy = policy_of(unblock());
  policy.platforms = {{"taobao", "ecommerce", "alibaba", links}};
  policy.contexts = {{"wechat/group", "wechat", "group", "tencent"}};
  Obligation lower = unblock();
  lower.id = "lower";
  lower.tier = probes::Tier::target;
  lower.binds_platform = true;
  policy.obligations.push_back(lower);
  return policy;
}

TEST(Property, OrderOfTheSpansLeavesNoTrace) {
  const Policy policy = lenient_and_strict({"taobao/item", "taobao/home"});
  for (unsigned seed = 0; seed < 200; ++seed) {
    Chance chance(seed);
    std::vector<Span> spans = observations(chance, 40);
    Span twice = spans.front();  // a source that said two things in one breath
    twice.outcome = twice.outcome == Outcome::direct ? Outcome::blocked : Outcome::direct;
    spans.push_back(twice);
    const Instant as_of = kStart + hours(6 * chance.below(280));
    const auto findings = judge(policy, spans, as_of);
    const auto cells = matrix(policy, spans, as_of);
    for (int time = 0; time < 5; ++time) {
      std::shuffle(spans.begin(), spans.end(), chance.engine());
      ASSERT_EQ(judge(policy, spans, as_of), findings) << seed;
      ASSERT_EQ(matrix(policy, spans, as_of), cells) << seed;
    }
  }
}

TEST(Property, SpansAfterAsOfLeaveNoTrace) {
  const Policy policy = lenient_and_strict({"taobao/item", "taobao/home"});
  for (unsigned seed = 0; seed < 200; ++seed) {
    Chance chance(seed);
    const std::vector<Span> spans = observations(chance, 40);
    const Instant as_of = kStart + hours(6 * chance.below(240));
    std::vector<Span> known;
    std::copy_if(spans.begin(), spans.end(), std::back_inserter(known),
                 [&](const Span& span) { return span.first <= as_of; });
    ASSERT_EQ(judge(policy, spans, as_of), judge(policy, known, as_of)) << seed;
  }
}

// The finding of one link at every instant at which it can change, up to as-of.
std::vector<std::pair<Instant, Finding>> lived(const Policy& policy, const std::vector<Span>& spans, Instant as_of,
                                               std::size_t obligation) {
  std::vector<std::pair<Instant, Finding>> days;
  for (Instant now = kStart; now <= as_of; now += hours(6)) {
    for (const Instant turn : {now, now + std::chrono::milliseconds(1)}) {
      if (turn <= as_of) days.emplace_back(turn, judge(policy, spans, turn)[obligation]);
    }
  }
  return days;
}

TEST(Property, HistoryToldAtOnceIsTheHistoryAsItWasLived) {
  const Policy policy = lenient_and_strict({"taobao/item"});
  int relapses = 0, cures = 0;
  for (unsigned seed = 0; seed < 80; ++seed) {
    Chance chance(seed);
    std::vector<Span> spans = observations(chance, 30);
    for (Span& span : spans) span.network_failure = false;  // those are first seen before they are believed
    const Instant as_of = kStart + hours(6 * (40 + chance.below(200)));
    const std::size_t obligation = seed % 2;
    const auto days = lived(policy, spans, as_of, obligation);
    const Finding now = days.back().second;
    const auto ever = [&](Status status, Instant from) {
      return std::any_of(days.begin(), days.end(),
                         [&](const auto& day) { return day.first >= from && day.second.status == status; });
    };
    if (now.status == Status::breached) {
      EXPECT_EQ(now.relapsed, ever(Status::met, kStart)) << seed;
      EXPECT_FALSE(ever(Status::met, *now.since)) << seed;
      relapses += now.relapsed;
    }
    if (now.status == Status::met) {
      EXPECT_EQ(now.cured_on.has_value(), ever(Status::breached, kStart)) << seed;
      EXPECT_FALSE(ever(Status::breached, *now.since)) << seed;
      cures += now.cured_on.has_value();
    }
  }
  EXPECT_GT(relapses, 3);
  EXPECT_GT(cures, 3);
}

bool same_state(const Span& left, const Span& right) {
  Span moved = right;
  moved.first = left.first;
  moved.last = left.last;
  moved.first_entry = left.first_entry;
  moved.last_entry = left.last_entry;
  return moved == left;
}

// As the log keeps them: two observations of one source in a row that say the same are one span.
std::vector<Span> paired(std::vector<Span> spans) {
  std::stable_sort(spans.begin(), spans.end(), [](const Span& left, const Span& right) {
    return std::tie(left.link, left.source, left.first) < std::tie(right.link, right.source, right.first);
  });
  std::vector<Span> pairs;
  for (const Span& span : spans) {
    if (pairs.empty() || pairs.back().count == 2 || !same_state(pairs.back(), span)) {
      pairs.push_back(span);
      continue;
    }
    pairs.back().last = span.last;
    pairs.back().last_entry = span.last_entry;
    pairs.back().count = 2;
  }
  return pairs;
}

TEST(Property, SpanOfTwoIsTwoObservations) {
  const Policy policy = lenient_and_strict({"taobao/item", "taobao/home"});
  std::size_t merged = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    Chance chance(seed);
    const std::vector<Span> apart = observations(chance, 60), together = paired(apart);
    merged += apart.size() - together.size();
    const Instant as_of = kStart + hours(6 * 240);
    auto expected = judge(policy, apart, as_of), findings = judge(policy, together, as_of);
    ASSERT_EQ(findings.size(), expected.size());
    for (std::size_t index = 0; index < findings.size(); ++index) {
      findings[index].entries = expected[index].entries;  // the first of a span stands for its second
      EXPECT_EQ(findings[index], expected[index])
          << seed << ": " << told(findings[index]) << " for " << told(expected[index]);
    }
  }
  EXPECT_GT(merged, 500u);
}

}  // namespace
}  // namespace linkaudit::law
