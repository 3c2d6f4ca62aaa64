// What holds for any spans: their order leaves no trace, and a history told at once is the history as it was lived.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
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

// As the log keeps them: two observations of one source in a row that say the same are one span.
std::vector<Span> paired(std::vector<Span> spans) {
  std::stable_sort(spans.begin(), spans.end(), [](const Span& left, const Span& right) {
    return std::tie(left.link, left.source, left.first, left.first_entry) <
           std::tie(right.link, right.source, right.first, right.first_entry);
  });
  std::vector<Span> pairs;
  for (const Span& span : spans) {
    if (pairs.empty() || pairs.back().count == 2 || !same_but_for_time(pairs.back(), span)) {
      pairs.push_back(span);
      continue;
    }
    pairs.back().last = span.last;
    pairs.back().last_entry = span.last_entry;
    pairs.back().count = 2;
  }
  return pairs;
}

// What is found, but for the numbers of the entries it rests on.
std::vector<Finding> without_entries(std::vector<Finding> findings) {
  for (Finding& finding : findings) {
    finding.entries.clear();
    for (Word& word : finding.words) word.entry = 0;
    std::sort(finding.words.begin(), finding.words.end(), [](const Word& left, const Word& right) {
      return std::tie(left.link, left.tier, left.source, left.at, left.outcome) <
             std::tie(right.link, right.tier, right.source, right.at, right.outcome);
    });
    if (finding.contradicted_by) finding.contradicted_by->entry = 0;
  }
  return findings;
}

// Numbers those of one instant anew, as if they had been appended in another order.
void renumber_equal_instants(std::vector<Span>& spans, Chance& chance) {
  std::shuffle(spans.begin(), spans.end(), chance.engine());
  std::stable_sort(spans.begin(), spans.end(),
                   [](const Span& left, const Span& right) { return left.first < right.first; });
  std::int64_t entry = 0;
  for (Span& span : spans) span.first_entry = span.last_entry = ++entry;
}

TEST(Property, OrderOfEntriesOfOneInstantDoesNotMatter) {
  const Policy policy = lenient_and_strict({"taobao/item", "taobao/home"});
  for (unsigned seed = 0; seed < 400; ++seed) {
    Chance chance(seed);
    std::vector<Span> spans = observations(chance, 40);
    const std::size_t single = spans.size();
    for (std::size_t index = 0; index < single; index += 2) {  // the same source, the same instant
      Span beside = spans[index];
      beside.outcome = chance.one_of(std::array{Outcome::direct, Outcome::blocked, Outcome::login_wall});
      spans.push_back(beside);
    }
    const Instant as_of = kStart + hours(6 * (100 + chance.below(180)));
    std::erase_if(spans, [&](const Span& span) { return span.first > as_of; });
    renumber_equal_instants(spans, chance);
    const auto findings = without_entries(judge(policy, paired(spans), as_of));
    for (int time = 0; time < 5; ++time) {
      renumber_equal_instants(spans, chance);
      const auto again = without_entries(judge(policy, paired(spans), as_of));
      for (std::size_t index = 0; index < findings.size(); ++index) {
        ASSERT_EQ(again[index], findings[index])
            << seed << ": " << told(again[index]) << " or " << told(findings[index]);
      }
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

struct Turns {
  int relapses = 0, cures = 0;
};

// What is found at the end says of the days before what was found on them.
void expect_as_lived(const std::vector<std::pair<Instant, Finding>>& days, unsigned seed, Turns& turns) {
  const Finding now = days.back().second;
  const auto ever = [&](Status status, Instant from) {
    return std::any_of(days.begin(), days.end(),
                       [&](const auto& day) { return day.first >= from && day.second.status == status; });
  };
  if (now.status == Status::breached) {
    EXPECT_EQ(now.relapsed, ever(Status::met, kStart)) << seed;
    EXPECT_FALSE(ever(Status::met, *now.since)) << seed;
    turns.relapses += now.relapsed;
  }
  if (now.status == Status::met) {
    EXPECT_EQ(now.cured_on.has_value(), ever(Status::breached, kStart)) << seed;
    EXPECT_FALSE(ever(Status::breached, *now.since)) << seed;
    turns.cures += now.cured_on.has_value();
  }
}

// By no network failure: those are first seen before they are believed.
std::vector<Span> hard_observations(Chance& chance, int wanted) {
  std::vector<Span> spans = observations(chance, wanted);
  for (Span& span : spans) span.network_failure = false;
  return spans;
}

TEST(Property, HistoryToldAtOnceIsTheHistoryAsItWasLived) {
  const Policy policy = lenient_and_strict({"taobao/item"});
  Turns turns;
  for (unsigned seed = 0; seed < 80; ++seed) {
    Chance chance(seed);
    const std::vector<Span> spans = hard_observations(chance, 30);
    const Instant as_of = kStart + hours(6 * (40 + chance.below(200)));
    expect_as_lived(lived(policy, spans, as_of, seed % 2), seed, turns);
  }
  EXPECT_GT(turns.relapses, 3);
  EXPECT_GT(turns.cures, 3);
}

// The same where others come into it: the two links are those of two platforms, each the measure of the other.
TEST(Property, HistoryOfParityIsTheHistoryAsItWasLived) {
  Policy policy = lenient_and_strict({"taobao/item"});
  policy.platforms.push_back({"jd", "ecommerce", "jd", {"taobao/home"}});
  Obligation alike = policy.obligations[1];
  alike.requires_ = {{}, {}, {ParityOver::outcome, ParityOver::presentation, ParityOver::steps}};
  policy.obligations = {alike};
  Turns turns;
  for (unsigned seed = 0; seed < 80; ++seed) {
    Chance chance(seed);
    std::vector<Span> spans = hard_observations(chance, 50);
    for (Span& span : spans) {
      if (chance.once_in(2))
        span.presentation = chance.one_of(std::array{probes::Presentation::card, probes::Presentation::link});
    }
    const Instant as_of = kStart + hours(6 * (40 + chance.below(200)));
    expect_as_lived(lived(policy, spans, as_of, seed % 2), seed, turns);
  }
  EXPECT_GT(turns.relapses, 3);
  EXPECT_GT(turns.cures, 3);
}

TEST(Property, MoreEvidenceNeverTurnsUndeterminedIntoNotDue) {
  Policy policy = lenient_and_strict({"taobao/item", "taobao/home"});
  policy.obligations[0].until = Date{2021, 10, 20};
  int undetermined = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    Chance chance(seed);
    std::vector<Span> spans = observations(chance, chance.below(12));
    const Instant as_of = kStart + hours(6 * (chance.below(260) - 20));
    const auto before = judge(policy, spans, as_of);
    const std::vector<Span> more = observations(chance, 20);
    spans.insert(spans.end(), more.begin(), more.end());
    const auto after = judge(policy, spans, as_of);
    for (std::size_t index = 0; index < before.size(); ++index) {
      EXPECT_EQ(before[index].status == Status::not_due, after[index].status == Status::not_due) << seed;
      undetermined += before[index].status == Status::undetermined;
    }
  }
  EXPECT_GT(undetermined, 100);
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
