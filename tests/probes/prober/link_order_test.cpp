#include "probes/link_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <numeric>
#include <set>

namespace linkaudit::probes {
namespace {

using testing::ElementsAre;

Target link(const std::string& url, const std::string& platform = "") {
  static const Context context;
  static std::deque<Link> made;  // live as long as the tests that point to them
  return {&made.emplace_back(Link{"", platform, "", url}), &context};
}

std::vector<std::size_t> all_of(const std::vector<Target>& targets) {
  std::vector<std::size_t> wanted(targets.size());
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  return wanted;
}

// The first target of each link, each ended before the next begins.
std::vector<std::size_t> order_of(const std::vector<Target>& targets, std::uint64_t seed) {
  LinkOrder order(targets, all_of(targets), seed, 1);
  std::vector<std::size_t> firsts;
  while (const auto turn = order.next()) {
    firsts.push_back(turn->targets.front());
    order.ended(turn->host);
  }
  return firsts;
}

std::vector<Target> links_of_one_host(int count) {
  std::vector<Target> targets;
  for (int i = 0; i < count; ++i) targets.push_back(link("http://a.example/" + std::to_string(i)));
  return targets;
}

TEST(LinkOrder, TargetsOfOneLinkComeTogetherInTheirOrder) {
  const std::vector<Target> targets = {link("http://a.example/1"), link("http://a.example/2"),
                                       link("http://a.example/1"), link("http://a.example/1", "shop")};
  LinkOrder order(targets, all_of(targets), 1, 9);
  std::set<std::vector<std::size_t>> turns;
  while (const auto turn = order.next()) turns.emplace(turn->targets.begin(), turn->targets.end());
  EXPECT_THAT(turns, ElementsAre(ElementsAre(0, 2), ElementsAre(1), ElementsAre(3)));
}

TEST(LinkOrder, OnlyWantedTargetsComeUp) {
  const std::vector<Target> targets = links_of_one_host(3);
  LinkOrder order(targets, {1}, 1, 9);
  EXPECT_THAT(order.next()->targets, ElementsAre(1));
  EXPECT_FALSE(order.next());
}

TEST(LinkOrder, OneSeedGivesOneOrder) {
  const std::vector<Target> targets = links_of_one_host(50);
  EXPECT_EQ(order_of(targets, 7), order_of(targets, 7));
  EXPECT_EQ(order_of(targets, 7).size(), 50U);
}

TEST(LinkOrder, AnotherSeedGivesAnotherOrder) {
  const std::vector<Target> targets = links_of_one_host(50);
  EXPECT_NE(order_of(targets, 7), order_of(targets, 8));
}

TEST(LinkOrder, HostsTakeTurns) {
  std::vector<Target> targets = links_of_one_host(8);
  targets.push_back(link("http://b.example/1"));
  targets.push_back(link("http://b.example/2"));
  LinkOrder order(targets, all_of(targets), 1, 9);
  std::vector<std::size_t> hosts;
  while (const auto turn = order.next()) hosts.push_back(turn->targets.front() >= 8 ? 1 : 0);
  hosts.resize(4);
  EXPECT_TRUE((hosts == std::vector<std::size_t>{0, 1, 0, 1}) || (hosts == std::vector<std::size_t>{1, 0, 1, 0}));
}

TEST(LinkOrder, AHostGetsNoMoreThanItsShareAtOnce) {
  const std::vector<Target> targets = links_of_one_host(3);
  LinkOrder order(targets, all_of(targets), 1, 2);
  const auto first = order.next();
  ASSERT_TRUE(first && order.next());
  EXPECT_FALSE(order.next());
  order.ended(first->host);
  EXPECT_TRUE(order.next());
  EXPECT_FALSE(order.next());
}

TEST(LinkOrder, AHostThatIsFullHoldsUpNoOther) {
  std::vector<Target> targets = links_of_one_host(3);
  targets.push_back(link("http://b.example/1"));
  LinkOrder order(targets, all_of(targets), 1, 1);
  ASSERT_TRUE(order.next() && order.next());
  EXPECT_FALSE(order.next());
}

TEST(LinkOrder, NoTargetsGiveNoTurn) {
  LinkOrder order({}, {}, 1, 1);
  EXPECT_FALSE(order.next());
}

}  // namespace
}  // namespace linkaudit::probes
