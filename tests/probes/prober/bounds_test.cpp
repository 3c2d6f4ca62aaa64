// What ends a run, and what is not asked for at all.
#include <atomic>
#include <stdexcept>
#include <vector>

#include "tests/probes/prober/probing.h"

namespace linkaudit::probes {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Pair;
using Clock = std::chrono::steady_clock;

TEST(Stop, EndsLegsUnderWayWithinASecond) {
  std::stop_source stop;  // before the server, whose threads use it to their end
  std::atomic<Clock::rep> stopped = 0;
  World world;
  world.server.on("/slow", [&](Peer& peer, const Request&) {
    stopped = Clock::now().time_since_epoch().count();
    stop.request_stop();
    peer.wait();
  });
  std::vector<Target> targets = {target("http://shop.example/slow")};
  for (int i = 0; i < 50; ++i) targets.push_back(target("http://shop.example/slow?" + std::to_string(i)));
  const Seen run = probe_all(world, targets, stop.get_token());
  EXPECT_LT(Clock::now().time_since_epoch() - Clock::duration(stopped), std::chrono::seconds(1));
  EXPECT_EQ(run.gaps.size(), targets.size());
  EXPECT_THAT(run.gaps, Each(Pair(testing::_, "cancelled")));
}

TEST(Stop, KeepsWhatWasSeenBefore) {
  std::vector<std::stop_source> stops(20);  // one for each seed; before the server, whose threads use them to their end
  std::atomic<std::size_t> turn = 0;
  World world;
  world.settings.network.concurrency = 1;
  world.server.on("", [&](Peer& peer, const Request&) {
    stops[turn].request_stop();
    peer.wait();
  });
  // Hosts take turns, so the seed decides which comes first: one that lets the good link do so.
  for (world.settings.network.seed = 1; world.settings.network.seed < 20; ++world.settings.network.seed) {
    turn = world.settings.network.seed;
    const Seen run = probe_all(world, {target(kItem), target("http://shop.example/slow")}, stops[turn].get_token());
    EXPECT_EQ(run.gaps.at(1), "cancelled");
    if (run.seen.contains(0)) return;
  }
  FAIL() << "no seed let the link that answers come first";
}

TEST(Stop, BeforeTheRunAsksForNothing) {
  World world;
  std::stop_source stop;
  stop.request_stop();
  const Seen run = probe_all(world, {target(kItem), target("")}, stop.get_token());
  EXPECT_THAT(run.gaps, ElementsAre(Pair(0, "cancelled"), Pair(1, "no_url")));
  EXPECT_EQ(world.server.connections(), 0);
}

TEST(Stop, DuringTheCanariesIsACancelNotALineDown) {
  std::stop_source stop;
  World world;
  world.server.on("/canary", [&](Peer& peer, const Request&) {
    stop.request_stop();
    peer.wait();
  });
  EXPECT_THAT(probe_all(world, {target(kItem)}, stop.get_token()).gaps, ElementsAre(Pair(0, "cancelled")));
}

TEST(Bounds, ABudgetThatIsSpentCancelsTheRest) {
  World world;
  world.settings.network.budget_s = 1;
  world.server.on("/slow", hanging());
  const Seen run = probe_all(world, {target(kItem), target("http://shop.example/slow")});
  EXPECT_THAT(run.gaps, ElementsAre(Pair(1, "cancelled")));
  EXPECT_TRUE(run.seen.contains(0));
}

struct Refused {
  const char* name;
  const char* url;
  const char* failure;
};

class RefusedLink : public testing::TestWithParam<Refused> {};

// Nobody hears of it: no gateway, no control of one, no canary.
TEST_P(RefusedLink, IsNoPacketWorthAndNobodysFault) {
  World world;
  const std::string url = GetParam().url;
  const Seen run = probe_all(world, {target(url), target(url, gateway_context("chat/feed"))});
  ASSERT_EQ(run.seen.size(), 2U);
  for (const auto& [index, probed] : run.seen) {
    const Observation& seen = probed.observation;
    EXPECT_EQ(verdict(seen), "unreachable unknown builtin-limit");
    ASSERT_TRUE(seen.failure);
    EXPECT_EQ(name(seen.failure->name), GetParam().failure);
    EXPECT_TRUE(seen.hops.empty());
    EXPECT_EQ(seen.url, url);
  }
  EXPECT_EQ(world.server.connections(), 0);
}

INSTANTIATE_TEST_SUITE_P(Bounds, RefusedLink,
                         testing::Values(Refused{"Loopback", "http://127.0.0.1/item", "refused_address"},
                                         Refused{"LoopbackInAnotherSpelling", "http://2130706433/", "refused_address"},
                                         Refused{"Private", "http://10.0.0.1/", "refused_address"},
                                         Refused{"CloudMetadata", "http://169.254.169.254/latest", "refused_address"},
                                         Refused{"Ipv6", "http://[::1]/", "refused_address"},
                                         Refused{"Localhost", "http://localhost/", "refused_address"},
                                         Refused{"Port", "http://shop.example:25/", "refused_port"},
                                         Refused{"Scheme", "ftp://shop.example/", "refused_scheme"},
                                         Refused{"NoUrl", "http://", "invalid_url"}),
                         [](const auto& each) { return each.param.name; });

TEST(Bounds, AnUnreadableCaFileIsABrokenEnvironment) {
  World world;
  world.settings.network.ca_file = "/nonexistent/ca.pem";
  EXPECT_THROW(probe_all(world, {target(kItem)}), std::runtime_error);
}

TEST(Bounds, ASinkThatThrowsEndsTheRun) {
  World world;
  const std::vector<Target> targets = {target(kItem), target("http://shop.example/other")};
  const auto full = [](const ProbeResult&) { throw std::runtime_error("disk full"); };
  EXPECT_THROW(probe(
                   world.settings, targets, [] { return kNow; }, full),
               std::runtime_error);
}

}  // namespace
}  // namespace linkaudit::probes
