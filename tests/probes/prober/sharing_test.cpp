// What is asked for, how often, and in which order.
#include <condition_variable>
#include <memory>
#include <mutex>

#include "tests/probes/prober/probing.h"

namespace linkaudit::probes {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Sharing, OneControlServesAllCellsOfALink) {
  World world;
  const Seen run =
      probe_all(world, {target(kItem, plain_context("chat/group")), target(kItem, plain_context("chat/feed")),
                        target(kItem, plain_context("mail/mail"))});
  EXPECT_EQ(run.seen.size(), 3U);
  EXPECT_EQ(world.asked("/item", "browser"), 1U);
  EXPECT_EQ(world.asked("/item"), 4U);
  for (const auto& [index, probed] : run.seen) EXPECT_EQ(probed.observation.control->page->title, "A kettle");
}

TEST(Sharing, LinksOfOtherUrlsHaveTheirOwn) {
  World world;
  world.server.on("/other", shop_page());
  probe_all(world, {target(kItem), target("http://shop.example/other")});
  EXPECT_EQ(world.asked("/item", "browser"), 1U);
  EXPECT_EQ(world.asked("/other", "browser"), 1U);
}

TEST(Sharing, OneControlServesAllLinksOfAGateway) {
  World world;
  world.server.on("/other", shop_page());
  const Seen run =
      probe_all(world, {target(kItem, gateway_context("chat/group")), target(kItem, gateway_context("chat/feed")),
                        target("http://shop.example/other", gateway_context("chat/group"))});
  EXPECT_EQ(run.seen.size(), 3U);
  EXPECT_EQ(world.asked("/open?url=http%3A%2F%2Fwww.chat.example%2Fhome"), 1U);
  EXPECT_EQ(world.asked("/home"), 1U);
}

TEST(Sharing, AnotherGatewayHasItsOwnControl) {
  World world;
  Context other = gateway_context("chat/feed");
  other.gateway->url = "http://gate2.chat.example/open?url={url}";
  probe_all(world, {target(kItem, gateway_context()), target(kItem, other)});
  EXPECT_EQ(world.asked("/home"), 2U);
}

TEST(Sharing, AGatewayWithoutControlIsAskedForTheLinkAlone) {
  World world;
  Context context = gateway_context();
  context.gateway->control.clear();
  const Observation seen = probe_one(world, target(kItem, context));
  EXPECT_EQ(seen.tier, Tier::gateway);
  EXPECT_EQ(world.asked("/home"), 0U);
}

TEST(Sharing, NoGatewayIsToldOfALinkThatIsRefused) {
  for (const char* link : {"http://user:pw@shop.example/item", "http://shop.example\\@127.0.0.1/item",
                           "http://shop.example\\item", "http://shop.example:25/item", "ftp://shop.example/item"}) {
    World world;
    probe_one(world, target(link, gateway_context()));
    for (const Request& request : world.server.requests()) EXPECT_EQ(request.path, "/canary") << link;
  }
}

TEST(Sharing, TheGatewayIsToldTheWholeLinkEncoded) {
  World world;
  world.server.on("/p", shop_page());
  probe_one(world, target("http://shop.example/p?a=1&b=2#x", gateway_context()));
  EXPECT_EQ(world.asked("/open?url=http%3A%2F%2Fshop.example%2Fp%3Fa%3D1%26b%3D2%23x"), 1U);
}

std::vector<std::string> order_of_requests(std::uint64_t seed) {
  World world;
  world.server.on("", shop_page());
  world.settings.network.seed = seed;
  world.settings.network.concurrency = 1;
  std::vector<Target> targets;
  for (int i = 0; i < 12; ++i) {
    targets.push_back(target("http://shop" + std::to_string(i % 3) + ".example/" + std::to_string(i)));
  }
  probe_all(world, targets);
  std::vector<std::string> order;
  for (const Request& request : world.server.requests()) order.push_back(request.host + request.path);
  return order;
}

TEST(Sharing, OneAtATimeTheOrderIsThatOfTheSeed) {
  const auto order = order_of_requests(5);
  EXPECT_EQ(order, order_of_requests(5));
  EXPECT_NE(order, order_of_requests(6));
}

TEST(Sharing, ALongListOfOneHostDoesNotStarveAnother) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    World world;
    world.server.on("", shop_page());
    world.settings.network.seed = seed;
    world.settings.network.concurrency = 2;
    std::vector<Target> targets;
    for (int i = 0; i < 100; ++i) targets.push_back(target("http://many.shop.example/" + std::to_string(i)));
    targets.push_back(target("http://few.shop.example/"));
    EXPECT_EQ(probe_all(world, targets).seen.size(), targets.size());
    const auto requests = world.server.requests();
    const auto first = std::ranges::find(requests, "few.shop.example", &Request::host);
    EXPECT_LT(first - requests.begin(), 20) << seed;
  }
}

// Answers nobody before so many have asked: a server that is quick would never see two at once.
Script once_together(int many, Script then) {
  struct Meeting {
    std::mutex mutex;
    std::condition_variable changed;
    int inside = 0;
    bool met = false;
  };
  return [many, then = std::move(then), meeting = std::make_shared<Meeting>()](Peer& peer, const Request& request) {
    {
      std::unique_lock lock(meeting->mutex);
      meeting->met |= ++meeting->inside >= many;
      meeting->changed.notify_all();
      meeting->changed.wait_for(lock, std::chrono::seconds(4), [&] { return meeting->met; });
      --meeting->inside;
    }
    then(peer, request);
  };
}

TEST(Sharing, ManyLinksAreUnderWayAtOnceButNoMoreThanAllowed) {
  World world;
  world.settings.network.concurrency = 8;
  world.settings.network.per_host_concurrency = 2;
  world.server.on("", once_together(3, shop_page()));
  std::vector<Target> targets;
  for (int i = 0; i < 300; ++i) {
    const std::string url = "http://shop" + std::to_string(i % 20) + ".example/" + std::to_string(i);
    targets.push_back(target(url, plain_context("chat/group")));
    targets.push_back(target(url, gateway_context("chat/feed")));
  }
  const Seen run = probe_all(world, targets);
  EXPECT_EQ(run.seen.size(), targets.size());
  EXPECT_LE(world.server.most_at_once(), 8);
  EXPECT_GT(world.server.most_at_once(), 2);
}

TEST(Sharing, ATargetWithoutUrlIsAGapWithoutARequest) {
  World world;
  const Seen run = probe_all(world, {target("")});
  EXPECT_THAT(run.gaps, ElementsAre(Pair(0, "no_url")));
  EXPECT_EQ(world.server.connections(), 0);
}

TEST(Sharing, NoTargetsMakeNoRequests) {
  World world;
  const Seen run = probe_all(world, {});
  EXPECT_TRUE(run.seen.empty() && run.gaps.empty());
  EXPECT_EQ(world.server.connections(), 0);
}

}  // namespace
}  // namespace linkaudit::probes
