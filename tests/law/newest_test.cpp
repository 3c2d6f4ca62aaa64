// The matrix from the newest spans of each source is the matrix from all, or says that it wants more.
#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "tests/law/chance.h"
#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Outcome;

Policy two_links() {
  Policy policy = small_policy();
  policy.platforms.resize(1);
  policy.contexts = {policy.contexts[1]};
  return policy;
}

// What a log gives that leaves out all but the newest of each source.
std::vector<Span> newest_of(std::vector<Span> spans, std::size_t most) {
  const auto source = [](const Span& span) { return std::tie(span.link, span.context, span.tier, span.source); };
  std::stable_sort(spans.begin(), spans.end(), [&](const Span& left, const Span& right) {
    return std::tuple_cat(source(left), std::tie(left.first)) < std::tuple_cat(source(right), std::tie(right.first));
  });
  std::vector<Span> kept;
  for (std::size_t begin = 0; begin < spans.size();) {
    std::size_t end = begin;
    while (end < spans.size() && source(spans[end]) == source(spans[begin])) ++end;
    const std::size_t from = end - begin > most ? end - most : begin;
    for (std::size_t index = from; index < end; ++index) kept.push_back(spans[index]);
    if (from > begin) kept[kept.size() - (end - from)].earlier = true;
    begin = end;
  }
  return kept;
}

TEST(Newest, MatrixIsThatOfAllSpansOrWantsMore) {
  const Policy policy = two_links();
  std::map<std::size_t, int> told;  // by the number of spans that were kept
  for (unsigned seed = 0; seed < 400; ++seed) {
    Chance chance(seed);
    std::vector<Span> spans = as_spans(observations(chance, 20 + chance.below(60)));
    const Instant as_of = kStart + std::chrono::hours(6 * (240 + chance.below(60)));
    const std::vector<MatrixCell> whole = matrix(policy, spans, as_of);
    for (std::size_t most = 1; most <= 40; most *= 2) {
      const NewestMatrix newest = newest_matrix(policy, newest_of(spans, most), as_of);
      ASSERT_EQ(newest.cells.size(), 1u);
      if (!newest.wanting.empty()) continue;
      EXPECT_EQ(newest.cells[0], whole[0]) << seed << " of " << most;
      ++told[most];
    }
  }
  EXPECT_GT(told[4], 50);
  EXPECT_GT(told[8], 200);
  EXPECT_EQ(told[32], 400);
}

TEST(Newest, ThreeOfEachSourceTellOfAStateThatBeganWithTheSecond) {
  const std::vector<Span> three =
      newest_of({person("2021-09-17", Outcome::direct), person("2021-09-18", Outcome::blocked),
                 person("2021-09-19", Outcome::direct), person("2021-09-20", Outcome::blocked)},
                3);
  const NewestMatrix newest = newest_matrix(two_links(), three, at("2021-09-21"));
  EXPECT_TRUE(newest.wanting.empty());
  EXPECT_EQ(newest.cells[0].since, at("2021-09-20"));
}

TEST(Newest, StateThatMayHaveBegunEarlierIsWanting) {
  Span with_rule = person("2021-09-20", Outcome::blocked);
  with_rule.blame = probes::Blame::platform;  // another state, the same outcome
  const std::vector<Span> all = {person("2021-09-17", Outcome::direct), person("2021-09-18", Outcome::blocked),
                                 with_rule, person("2021-09-21", Outcome::blocked)};
  EXPECT_EQ(newest_matrix(two_links(), newest_of(all, 2), at("2021-09-22")).wanting, std::vector<std::size_t>{0});
  EXPECT_EQ(newest_matrix(two_links(), all, at("2021-09-22")).cells[0].since, at("2021-09-18"));
}

}  // namespace
}  // namespace linkaudit::law
