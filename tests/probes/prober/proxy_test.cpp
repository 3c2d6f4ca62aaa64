// A proxy that fails is our own: nobody else is held to it. The server of these tests is the proxy, and within its
// tunnels all others.
#include "tests/probes/prober/probing.h"

namespace linkaudit::probes {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::StartsWith;

Script opening() {
  return [](Peer& peer, const Request&) { peer.send("HTTP/1.1 200 Connection established\r\n\r\n"); };
}

Script refusing(const std::string& status = "403 Filtered") {
  return [=](Peer& peer, const Request&) { peer.answer(status, "", "the proxy's own page"); };
}

struct Proxied : World {
  Proxied() {
    settings.network.connect_to.clear();
    settings.network.proxy = "http://operator:hushhush@127.0.0.1:" + std::to_string(server.port());
    for (const char* host : {"canary", "shop", "gate.chat", "www.chat", "wait.chat"}) {
      server.on(host + std::string(".example:80"), opening());
    }
  }
};

// The proxy does not open the way there; then nothing is said of anybody.
Observation unreachable(const Proxied& world, const Target& target) {
  const Observation seen = probe_one(world, target);
  EXPECT_EQ(verdict(seen), "unreachable unknown builtin-network-failure");
  EXPECT_EQ(name(seen.failure.value_or(Failure{}).name), "proxy_failure");
  EXPECT_FALSE(seen.hard);
  EXPECT_EQ(seen.context_specific, std::nullopt);
  EXPECT_THAT(seen.notes, IsEmpty());
  return seen;
}

TEST(ThroughAProxy, WhatWorksIsSeenAsWithoutOne) {
  const Proxied world;
  EXPECT_EQ(verdict(probe_one(world, target(kItem, gateway_context()))), "direct none builtin-detail-marker");
}

TEST(ThroughAProxy, RefusedTargetIsNotTheTargetsDoing) {
  for (const char* status :
       {"403 Filtered", "407 Proxy Authentication Required", "502 Bad Gateway", "504 Gateway Timeout"}) {
    Proxied world;
    world.server.on("shop.example:80", refusing(status));
    const Observation seen = unreachable(world, target(kItem));
    EXPECT_EQ(seen.control->end, LegEnd::limit);
    EXPECT_EQ(world.asked("/item"), 0U);
  }
}

TEST(ThroughAProxy, RefusedHopOfTheHostAppIsNotTheHostsDoing) {
  Proxied world;
  world.server.on("wait.chat.example:80", refusing());
  world.server.on("/open", [](Peer& peer, const Request& request) {
    const bool control = request.path.find("home") != std::string::npos;
    peer.answer("302 Found", std::string("Location: http://") + (control ? "www" : "wait") + ".chat.example/home\r\n",
                "");
  });
  const Observation seen = unreachable(world, target(kItem, gateway_context()));
  EXPECT_EQ(seen.failure->hop, 1);
  EXPECT_EQ(seen.attempt, 2);  // looked at again, and the same was seen
}

TEST(ThroughAProxy, RefusedGatewayIsNotTheHostsDoing) {
  Proxied world;
  world.server.on("gate.chat.example:80", refusing());
  unreachable(world, target(kItem, gateway_context()));
}

TEST(ThroughAProxy, OneThatRefusesEverythingIsOurOwnLine) {
  for (const bool canaries : {true, false}) {
    for (const char* status : {"407 Proxy Authentication Required", "503 Service Unavailable"}) {
      Proxied world;
      if (!canaries) world.settings.network.canaries.clear();
      for (const char* host : {"canary", "shop"}) world.server.on(host + std::string(".example:80"), refusing(status));
      const Seen run = probe_all(world, {target(kItem)});
      EXPECT_TRUE(run.seen.empty()) << status;
      EXPECT_THAT(run.gaps, ElementsAre(Pair(0, "own_line_down"))) << status;
    }
  }
}

TEST(ThroughAProxy, OneThatDoesNotAnswerIsOurOwnLine) {
  Proxied world;
  world.settings.network.proxy = "socks5h://operator:hushhush@127.0.0.1:1";
  const Seen run = probe_all(world, {target(kItem)});
  EXPECT_THAT(run.gaps, ElementsAre(Pair(0, "own_line_down")));
  EXPECT_THAT(run.details.at(0), StartsWith("proxy_failure (limit) of the canary leg: "));
  EXPECT_THAT(run.details.at(0), Not(HasSubstr("hushhush")));
  world.settings.network.canaries.clear();
  EXPECT_THAT(probe_all(world, {target(kItem)}).details.at(0), StartsWith("proxy_failure (limit) of the "));
}

TEST(ThroughAProxy, OneThatBreaksInTheMiddleIsOurOwnLine) {
  Proxied world;
  world.server.on("canary.example:80", first_times(1, closing(refusing("200 OK")), refusing()));
  world.server.on("shop.example:80", refusing());
  EXPECT_THAT(probe_all(world, {target(kItem)}).gaps, ElementsAre(Pair(0, "own_line_down")));
}

TEST(ThroughAProxy, ItsCredentialsGoToItAloneAndAreInNothingThatIsKept) {
  Proxied world;
  world.server.on("/item", for_client("chat", resetting(), shop_page()));
  const Seen run = probe_all(world, {target(kItem, gateway_context())});
  bool sent = false;
  for (const Request& request : world.server.requests()) {
    const bool to_the_proxy = request.head.starts_with("CONNECT ");
    sent |= to_the_proxy;
    EXPECT_EQ(request.header("Proxy-Authorization"), to_the_proxy ? "Basic b3BlcmF0b3I6aHVzaGh1c2g=" : "");
  }
  EXPECT_TRUE(sent);
  const Observation& seen = run.only();
  std::string texts = seen.url + seen.vantage + (seen.failure ? seen.failure->text : "");
  for (const Hop& hop : seen.hops) texts += hop.url + hop.address;
  for (const auto& [key, value] : seen.facts) texts += key + value;
  for (const auto& leg : run.seen.at(0).evidence) {
    for (const ExchangeEvidence& each : leg->exchanges)
      texts += each.request + each.response + each.body + each.hop.address;
  }
  for (const char* secret : {"hushhush", "operator", "b3BlcmF0b3I6aHVzaGh1c2g"})
    EXPECT_THAT(texts, Not(HasSubstr(secret)));
}

}  // namespace
}  // namespace linkaudit::probes
