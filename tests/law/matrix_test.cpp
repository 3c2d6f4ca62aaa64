// The matrix: what is known, whatever the law says of it.
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/law/policies.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using probes::Blame;
using probes::Outcome;
using probes::Tier;

MatrixCell cell_of(const std::vector<Span>& spans, const std::string& as_of) {
  for (const MatrixCell& cell : matrix(small_policy(), spans, at(as_of))) {
    if (cell.platform == "taobao" && cell.context == "wechat/group") return cell;
  }
  throw std::out_of_range("taobao in wechat/group");
}

// "blocked host in_app suspected, direct 1 of 2 of 2; disputed"
std::string shown(const MatrixCell& cell) {
  std::string text = cell.outcome ? std::string(name(*cell.outcome)) : "nothing";
  if (cell.blame) text += " " + std::string(name(*cell.blame));
  if (cell.tier) text += " " + std::string(name(*cell.tier));
  if (cell.confidence) text += " " + std::string(name(*cell.confidence));
  text += "; direct " + std::to_string(cell.direct) + " of " + std::to_string(cell.measured) + " of " +
          std::to_string(cell.links);
  if (cell.stale) text += "; stale";
  if (cell.disputed) text += "; disputed";
  if (cell.soft) text += "; soft";
  return text;
}

Span home(const std::string& when, Outcome outcome, const std::string& observer = "ann") {
  return of_link(person(when, outcome, observer), "taobao/home");
}

struct Case {
  const char* what;
  std::vector<Span> spans;
  const char* as_of;
  const char* expected;
};

const Case kCases[] = {
    {"never looked at", {}, "2021-10-01", "nothing; direct 0 of 0 of 2"},
    {"before any law",
     {person("2020-01-01", Outcome::direct)},
     "2020-01-02",
     "direct none in_app confirmed; direct 1 of 1 of 2"},
    {"a probe is no person",
     {probe(Tier::target, "2021-10-01", Outcome::direct)},
     "2021-10-01",
     "direct none target suspected; direct 1 of 1 of 2"},
    {"the worst fresh link",
     {person("2021-10-01", Outcome::direct), home("2021-10-01", Outcome::login_wall)},
     "2021-10-01",
     "login_wall host in_app confirmed; direct 1 of 2 of 2"},
    {"a stale link is not it",
     {person("2021-09-01", Outcome::blocked), home("2021-10-20", Outcome::direct)},
     "2021-10-20",
     "direct none in_app confirmed; direct 1 of 1 of 2"},
    {"nothing fresh: the last known",
     {person("2021-09-01", Outcome::blocked)},
     "2021-10-20",
     "blocked host in_app confirmed; direct 0 of 0 of 2; stale"},
    {"sources disagree",
     {person("2021-10-01", Outcome::blocked), person("2021-10-02", Outcome::direct, "bob")},
     "2021-10-02",
     "direct none in_app confirmed; direct 0 of 1 of 2; disputed"},
    {"one failure",
     {by_network_failure(probe(Tier::gateway, "2021-10-01", Outcome::blocked))},
     "2021-10-01",
     "blocked host gateway suspected; direct 0 of 1 of 2; soft"},
    {"a person who names nobody",
     {with_blame(person("2021-10-01", Outcome::blocked), Blame::none)},
     "2021-10-01",
     "blocked host in_app confirmed; direct 0 of 1 of 2"},
};

TEST(Matrix, ShowsTheWorstFreshLinkOrTheLastKnown) {
  for (const Case& row : kCases) EXPECT_EQ(shown(cell_of(row.spans, row.as_of)), row.expected) << row.what;
}

TEST(Matrix, ListsEveryPairInThePolicysOrder) {
  const auto cells = matrix(small_policy(), {}, at("2021-10-01"));
  ASSERT_EQ(cells.size(), 12u);
  EXPECT_EQ(cells[0].platform + " " + cells[0].context, "taobao wechat/one_to_one");
  EXPECT_EQ(cells[4].platform + " " + cells[4].context, "xianyu wechat/one_to_one");
  EXPECT_EQ(cells[11].platform + " " + cells[11].context, "douyin_shop wechat/article");
}

TEST(Matrix, OutcomeBeganAfterTheLastOther) {
  const auto cell = cell_of({person("2021-09-20", Outcome::direct), person("2021-09-25", Outcome::login_wall),
                             person("2021-10-01", Outcome::blocked), person("2021-10-03", Outcome::blocked, "bob")},
                            "2021-10-05");
  EXPECT_EQ(cell.since, at("2021-10-01"));
  EXPECT_EQ(cell.last, at("2021-10-03"));
}

TEST(Matrix, DisputeBeganWhenItBrokeOutAndEndsNothingThatWasTrueBefore) {
  const Span ann = person("2021-09-20", Outcome::direct), bob = person("2021-09-25", Outcome::blocked, "bob");
  EXPECT_EQ(cell_of({ann, bob}, "2021-09-26").since, at("2021-09-25"));
  EXPECT_EQ(cell_of({ann, bob, person("2021-09-27", Outcome::direct, "cem")}, "2021-09-28").since, at("2021-09-20"));
}

TEST(Matrix, RestsOnTheLinksThatShowTheOutcome) {
  Span worst = person("2021-10-01", Outcome::blocked), better = home("2021-10-01", Outcome::direct);
  worst.first_entry = worst.last_entry = 5;
  better.first_entry = better.last_entry = 6;
  EXPECT_EQ(cell_of({worst, better}, "2021-10-01").entries, std::vector<std::int64_t>{5});
}

}  // namespace
}  // namespace linkaudit::law
