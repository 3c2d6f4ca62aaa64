// Who is blamed for what, from the network up: nobody who should not be.
#include "tests/probes/prober/probing.h"

namespace linkaudit::probes {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Prober, AServedPageIsDirect) {
  World world;
  const Observation seen = probe_one(world, target(kItem));
  EXPECT_EQ(verdict(seen), "direct none builtin-detail-marker");
  EXPECT_EQ(seen.steps, 0);
  EXPECT_TRUE(seen.hard);
}

TEST(Prober, AStopPageOfTheGatewayIsBlockedByTheHostApp) {
  World world;
  world.server.on("/open", [](Peer& peer, const Request& request) {
    const bool control = request.path.find("home") != std::string::npos;
    peer.answer("302 Found", std::string("Location: ") + (control ? kControl : "http://chat.example/stop") + "\r\n",
                "");
  });
  const Observation seen = probe_one(world, target(kItem, gateway_context()));
  EXPECT_EQ(verdict(seen), "blocked host chat-stop-page");
  EXPECT_EQ(seen.rule.version, 3);
  EXPECT_EQ(seen.context_specific, true);
  EXPECT_THAT(seen.notes, IsEmpty());
}

TEST(Prober, AGatewayThatStopsItsOwnControlTooIsNotSpecificToTheLink) {
  World world;
  world.server.on("/open", [](Peer& peer, const Request&) {
    peer.answer("302 Found", "Location: http://chat.example/stop\r\n", "");
  });
  const Observation seen = probe_one(world, target(kItem, gateway_context()));
  EXPECT_EQ(verdict(seen), "blocked host chat-stop-page");
  EXPECT_THAT(seen.notes, Contains("link_specific=false"));
}

TEST(Prober, AStopPageBesideAControlThatShowedNothingBlamesNobodyAndIsNamed) {
  World world;
  const auto nonsense = [](Peer& peer, const Request&) { peer.answer("400 Bad Request", "", "no"); };
  world.server.on("/item", for_client("browser", nonsense, shop_page()));
  world.server.on("/open", [](Peer& peer, const Request&) {
    peer.answer("302 Found", "Location: http://chat.example/stop\r\n", "");
  });
  const Observation seen = probe_one(world, target(kItem, gateway_context()));
  EXPECT_EQ(verdict(seen), "unclassified unknown chat-stop-page");
  EXPECT_EQ(seen.context_specific, std::nullopt);
  EXPECT_THAT(seen.notes, ElementsAre("link_specific=false", "control_unclear"));
}

TEST(Prober, AGatewayThatIsDownBlamesNobody) {
  World world;
  world.server.on("/open", resetting());
  const Observation seen = probe_one(world, target(kItem, gateway_context()));
  EXPECT_EQ(verdict(seen), "unreachable unknown builtin-network-failure");
  EXPECT_THAT(seen.notes, ElementsAre("gateway_down"));
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(name(seen.failure->name), "tcp_reset");
  EXPECT_FALSE(seen.hard);
}

TEST(Prober, AGatewayThatFailsOnOneLinkOnlyIsTheHostAppsDoingUntilSeenOtherwise) {
  World world;
  const auto on_control = [](Peer& peer, const Request& request) {
    if (request.path.find("home") == std::string::npos) return peer.reset();
    peer.answer("302 Found", std::string("Location: ") + kControl + "\r\n", "");
  };
  world.server.on("/open", on_control);
  const Observation seen = probe_one(world, target(kItem, gateway_context()));
  EXPECT_EQ(verdict(seen), "blocked host builtin-network-failure");
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(name(seen.failure->name), "tcp_reset");
  EXPECT_FALSE(seen.hard);
}

TEST(Prober, AGatewayThatFailedOnceInOneLookBlamesNobody) {
  World world;
  world.settings.repeats = 1;
  world.server.on("/open", [](Peer& peer, const Request& request) {
    if (request.path.find("home") == std::string::npos) return peer.reset();
    peer.answer("302 Found", std::string("Location: ") + kControl + "\r\n", "");
  });
  EXPECT_EQ(verdict(probe_one(world, target(kItem, gateway_context()))), "unreachable unknown builtin-network-failure");
}

TEST(Prober, ATargetThatIsDownForEverybodyIsNobodysFault) {
  World world;
  world.server.on("/item", resetting());
  const Seen run = probe_all(world, {target(kItem), target(kItem, gateway_context("chat/moments"))});
  ASSERT_EQ(run.seen.size(), 2U);
  for (const auto& [index, probed] : run.seen) {
    EXPECT_EQ(verdict(probed.observation), "unreachable target_down builtin-network-failure");
    EXPECT_EQ(probed.observation.control->end, LegEnd::down);
  }
}

TEST(Prober, ATargetThatIsGoneIsNobodysFault) {
  World world;
  const Observation seen = probe_one(world, target("http://shop.example/gone"));
  EXPECT_EQ(verdict(seen), "unreachable target_down builtin-status");
  EXPECT_TRUE(seen.hard);
}

TEST(Prober, GatewayAndTargetDownAtOnceIsNobodysFault) {
  World world;
  world.server.on("/open", resetting());
  world.server.on("/item", resetting());
  EXPECT_EQ(verdict(probe_one(world, target(kItem, gateway_context()))),
            "unreachable target_down builtin-network-failure");
}

TEST(Prober, ATargetThatDropsOneClientIsUnreachableAndNobodysFault) {
  World world;
  world.server.on("/item", for_client("chat", resetting(), shop_page()));
  EXPECT_EQ(verdict(probe_one(world, target(kItem))), "unreachable unknown builtin-network-failure");
}

TEST(Prober, ATargetThatRefusesOneClientIsBlockedByThePlatform) {
  World world;
  const auto refuse = [](Peer& peer, const Request&) { peer.answer("403 Forbidden", "", "no"); };
  world.server.on("/item", for_client("chat", refuse, shop_page()));
  const Observation seen = probe_one(world, target(kItem));
  EXPECT_EQ(verdict(seen), "blocked platform builtin-status");
  EXPECT_EQ(seen.context_specific, true);
}

TEST(Prober, AFailureThatDoesNotComeAgainIsForgivenButKept) {
  World world;
  world.server.on("/item", for_client("chat", first_times(1, resetting(), shop_page()), shop_page()));
  const Observation seen = probe_one(world, target(kItem));
  EXPECT_EQ(verdict(seen), "direct none builtin-detail-marker");
  EXPECT_EQ(seen.attempt, 2);
  EXPECT_EQ(seen.facts.at("earlier_failures"), "tcp_reset");
  EXPECT_FALSE(seen.failure);
}

TEST(Prober, AControlThatFailsOnceIsLookedAtAgain) {
  World world;
  world.server.on("/item", for_client("browser", first_times(1, resetting(), shop_page()), shop_page()));
  const Observation seen = probe_one(world, target(kItem));
  EXPECT_EQ(verdict(seen), "direct none builtin-detail-marker");
  EXPECT_THAT(seen.notes, IsEmpty());
  EXPECT_EQ(seen.control->end, LegEnd::served);
  EXPECT_EQ(world.asked("/item", "browser"), 2U);
}

TEST(Prober, ARefusalIsNotLookedAtAgain) {
  World world;
  const auto refuse = [](Peer& peer, const Request&) { peer.answer("403 Forbidden", "", "no"); };
  world.server.on("/item", for_client("chat", refuse, shop_page()));
  probe_one(world, target(kItem));
  EXPECT_EQ(world.asked("/item", "chat"), 1U);
}

class RepeatedLooks : public testing::TestWithParam<int> {};

TEST_P(RepeatedLooks, AFailingLegIsLookedAtSoManyTimesInAll) {
  World world;
  world.settings.repeats = GetParam();
  world.server.on("/item", for_client("chat", resetting(), closing(shop_page())));
  world.server.on("", closing(shop_page("Elsewhere")));
  const Observation seen = probe_one(world, target(kItem));
  EXPECT_EQ(world.asked("/item", "chat"), static_cast<std::size_t>(GetParam()));
  EXPECT_EQ(world.asked("/item", "browser"), 1U);
  EXPECT_EQ(seen.attempt, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Repeats, RepeatedLooks, testing::Values(1, 2, 3));

TEST(Prober, AttemptsOfEachLookAreCountedTogether) {
  World world;
  world.settings.network.attempts = 2;
  world.server.on("/item", for_client("chat", resetting(), closing(shop_page())));
  world.server.on("", closing(shop_page("Elsewhere")));
  const Observation seen = probe_one(world, target(kItem));
  EXPECT_EQ(world.asked("/item", "chat"), 4U);
  EXPECT_EQ(seen.attempt, 4);
  EXPECT_EQ(seen.facts.at("earlier_failures"), "tcp_reset,tcp_reset,tcp_reset");
  ASSERT_EQ(seen.earlier.size(), 3U);
  for (const Attempt& attempt : seen.earlier) {
    EXPECT_LE(attempt.at, kNow);
    EXPECT_EQ(attempt.url, kItem);
    EXPECT_EQ(attempt.address, "127.0.0.1");
    EXPECT_EQ(attempt.failure.name, FailureName::tcp_reset);
    EXPECT_EQ(attempt.failure.leg, Leg::context);
    EXPECT_EQ(attempt.failure.hop, 0);
  }
}

TEST(Prober, AttemptsOfTheControlAreKeptWithTheirEvidence) {
  World world;
  world.settings.network.attempts = 2;
  const auto busy = [](Peer& peer, const Request&) { peer.answer("503 Service Unavailable", "", "busy"); };
  world.server.on("/item", for_client("browser", first_times(1, busy, shop_page()), shop_page()));
  const Seen run = probe_all(world, {target(kItem)});
  const Observation& seen = run.only();
  EXPECT_EQ(seen.attempt, 1);
  ASSERT_EQ(seen.earlier.size(), 1U);
  EXPECT_EQ(seen.earlier[0].failure.leg, Leg::control);
  EXPECT_EQ(seen.earlier[0].failure.code, 503);
  const LegEvidence& evidence = *run.seen.at(0).evidence.back();
  EXPECT_EQ(evidence.attempt, 1);
  EXPECT_EQ(evidence.leg, Leg::control);
  EXPECT_FALSE(evidence.failure);
  EXPECT_EQ(evidence.exchanges.at(0).body, "busy");
}

}  // namespace
}  // namespace linkaudit::probes
