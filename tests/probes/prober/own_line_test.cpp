// Nobody is observed, let alone blamed, while our own line is down.
#include "tests/probes/prober/probing.h"

namespace linkaudit::probes {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(OwnLine, WithoutAnyCanaryEveryTargetIsAGap) {
  World world;
  world.server.on("/canary", resetting());
  const Seen run = probe_all(world, {target(kItem), target(kItem, gateway_context())});
  EXPECT_THAT(run.gaps, ElementsAre(Pair(0, "own_line_down"), Pair(1, "own_line_down")));
}

TEST(OwnLine, NoLinkIsAskedForUntilACanaryHasAnswered) {
  World world;
  world.server.on("/canary", resetting());
  probe_all(world, {target(kItem, gateway_context())});
  for (const Request& request : world.server.requests()) EXPECT_EQ(request.path, "/canary");
}

TEST(OwnLine, OneCanaryOfSeveralIsEnough) {
  World world;
  world.settings.network.canaries = {"http://canary.example/dead", "http://canary.example/canary"};
  world.server.on("/dead", resetting());
  EXPECT_EQ(verdict(probe_one(world, target(kItem))), "direct none builtin-detail-marker");
}

TEST(OwnLine, ACanaryThatHangsHoldsNothingUp) {
  World world;
  world.settings.network.canaries = {"http://canary.example/slow", "http://canary.example/canary"};
  world.server.on("/slow", hanging());
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(verdict(probe_one(world, target(kItem))), "direct none builtin-detail-marker");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(world.settings.network.first_byte_s));
}

TEST(OwnLine, AnErrorOfAServerOnTheWayIsNoAnswerOfACanary) {
  World world;
  world.server.on("/canary", [](Peer& peer, const Request&) {
    peer.answer("511 Network Authentication Required", "", "log in to this network");
  });
  EXPECT_THAT(probe_all(world, {target(kItem)}).gaps, ElementsAre(Pair(0, "own_line_down")));
}

TEST(OwnLine, ALineThatBreaksDuringTheRunMakesGapsOfWhatFailed) {
  World world;
  world.server.on("/canary", first_times(
                                 1, [](Peer& peer, const Request&) { peer.answer("200 OK", "", "ok"); }, resetting()));
  world.server.on("/broken", for_client("chat", resetting(), shop_page()));
  const Seen run = probe_all(world, {target(kItem), target("http://shop.example/broken")});
  EXPECT_THAT(run.gaps, ElementsAre(Pair(1, "own_line_down")));
  EXPECT_EQ(verdict(run.seen.at(0).observation), "direct none builtin-detail-marker");
}

TEST(OwnLine, ManyFailuresShareFewRoundsOfCanaries) {
  World world;
  std::vector<Target> targets;
  world.server.on("", resetting());
  for (int i = 0; i < 100; ++i) targets.push_back(target("http://shop" + std::to_string(i) + ".example/x"));
  const Seen run = probe_all(world, targets);
  EXPECT_EQ(run.seen.size(), 100U);
  EXPECT_LT(world.asked("/canary"), 20U);
}

TEST(OwnLine, WithoutCanariesARunInWhichNothingReachesHttpIsAllGaps) {
  World world;
  world.settings.network.canaries.clear();
  world.server.on("", resetting());
  world.server.on("/item", resetting());
  world.server.on("/open", resetting());
  std::vector<Target> targets = {target(kItem), target(kItem, gateway_context())};
  for (int i = 0; i < 100; ++i) targets.push_back(target("http://shop.example/" + std::to_string(i)));
  const Seen run = probe_all(world, targets);
  EXPECT_EQ(run.gaps.size(), targets.size());
  for (const auto& [index, reason] : run.gaps) EXPECT_EQ(reason, "own_line_down");
}

TEST(OwnLine, WithoutCanariesOneAnswerIsEnough) {
  World world;
  world.settings.network.canaries.clear();
  world.server.on("/broken", resetting());
  const Seen run = probe_all(world, {target("http://shop.example/broken"), target(kItem)});
  EXPECT_EQ(verdict(run.seen.at(0).observation), "unreachable target_down builtin-network-failure");
  EXPECT_EQ(verdict(run.seen.at(1).observation), "direct none builtin-detail-marker");
}

TEST(OwnLine, WithoutCanariesAnAnswerOfTheGatewaysControlIsEnough) {
  World world;
  world.settings.network.canaries.clear();
  world.server.on("/item", resetting());
  EXPECT_EQ(verdict(probe_one(world, target(kItem, gateway_context()))),
            "unreachable target_down builtin-network-failure");
}

TEST(OwnLine, WithoutCanariesALinkThatWeRefuseOurselvesIsNoSignOfTheLine) {
  World world;
  world.settings.network.canaries.clear();
  const Observation seen = probe_one(world, target("http://127.0.0.1/item"));
  EXPECT_EQ(verdict(seen), "unreachable unknown builtin-limit");
}

}  // namespace
}  // namespace linkaudit::probes
