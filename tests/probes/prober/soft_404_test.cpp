// A made-up address on the target's site: what it says of the page that the link shows, and what it must not touch.
#include "probes/soft_404.h"

#include <regex>

#include "tests/probes/prober/probing.h"

namespace linkaudit::probes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kVerdict = "direct none builtin-detail-marker";
const std::regex kMadeUp("/[0-9a-f]{20}");

std::vector<Request> made_up_requests(const World& world) {
  std::vector<Request> found;
  for (const Request& request : world.server.requests()) {
    if (std::regex_match(request.path, kMadeUp)) found.push_back(request);
  }
  return found;
}

Script html(const std::string& page, const std::string& status = "200 OK") {
  return [=](Peer& peer, const Request&) { peer.answer(status, "Content-Type: text/html\r\n", page); };
}

Script leading_to(const std::string& url) {
  return [=](Peer& peer, const Request&) { peer.answer("302 Found", "Location: " + url + "\r\n", ""); };
}

TEST(Soft404, SiteThatAnswersEverythingAlikeGetsANoteAndNothingElse) {
  World world, sound;
  world.server.on("", shop_page());
  const Observation seen = probe_one(world, target(kItem));
  EXPECT_THAT(seen.notes, ElementsAre("soft_404"));
  Observation otherwise = probe_one(sound, target(kItem));
  EXPECT_EQ(verdict(seen), verdict(otherwise));
  EXPECT_EQ(verdict(seen), kVerdict);
  EXPECT_EQ(seen.facts, otherwise.facts);
  EXPECT_EQ(seen.at, otherwise.at);
}

TEST(Soft404, IsAskedOnceByTheControlClientAtTheSiteOfTheTarget) {
  World world;
  world.server.on("/item", leading_to("http://m.shop.example/detail"));
  world.server.on("/detail", shop_page());
  probe_one(world, target(kItem, gateway_context()));
  const auto requests = made_up_requests(world);
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].host, "m.shop.example");
  EXPECT_EQ(requests[0].header("User-Agent"), "browser");
}

TEST(Soft404, NoteHasItsEvidence) {
  World world;
  world.server.on("", shop_page());
  const Seen run = probe_all(world, {target(kItem, gateway_context())});
  const auto& evidence = run.seen.at(0).evidence;
  ASSERT_EQ(evidence.size(), 4U);
  EXPECT_EQ(evidence[3]->leg, Leg::random_path);
  EXPECT_EQ(evidence[3]->link_url, "http://shop.example" + made_up_requests(world).at(0).path);
  EXPECT_EQ(evidence[3]->exchanges.at(0).body_sha256, evidence[1]->exchanges.at(0).body_sha256);
}

struct Answer {
  const char* what;
  const char* link;  // the pages, at the link and at the made-up address
  const char* made_up;
  bool same;
};

class SamePage : public testing::TestWithParam<Answer> {};

TEST_P(SamePage, IsNotedWhenItIsTheSame) {
  World world;
  world.server.on("/item", html(GetParam().link));
  world.server.on("", html(GetParam().made_up));
  EXPECT_EQ(probe_one(world, target(kItem)).notes.size(), GetParam().same ? 1U : 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Soft404, SamePage,
    testing::Values(Answer{"Bytes", "<title>A</title><p>Price", "<title>A</title><p>Price", true},
                    Answer{"BytesWithoutTitle", "<p>Price", "<p>Price", true},
                    Answer{"AllButAScript", "<title>A</title><script>t=1</script>Price",
                           "<title>A</title><script>t=2</script>Price", true},
                    Answer{"TextWithoutTitle", "<p a=1>Price", "<p a=2>Price", false},
                    Answer{"AnotherText", "<title>A</title><p>Price", "<title>A</title><p>Sorry", false},
                    Answer{"AnotherTitle", "<title>A</title><p>Price", "<title>Sorry</title><p>Price", false}),
    [](const auto& each) { return each.param.what; });

TEST(Soft404, BothLedToOneAddressWithOneTitleIsTheSamePage) {
  World world;
  world.server.on("", leading_to("http://shop.example/all?from=x"));
  world.server.on("/item", leading_to("http://shop.example/all?from=item"));
  world.server.on("/all", [](Peer& peer, const Request& request) {
    html("<title>Shop</title>Price, and what is new: " + request.path)(peer, request);
  });
  EXPECT_THAT(probe_one(world, target(kItem)).notes, ElementsAre("soft_404"));
}

TEST(Soft404, AnswersOfOtherStatusAreNone) {
  for (const char* status : {"404 Not Found", "403 Forbidden", "503 Service Unavailable", "203 Other"}) {
    World world;
    world.settings.network.attempts = 3;
    world.server.on("", html("<title>A kettle</title><p>Price: 12<button>Add to cart</button>", status));
    EXPECT_THAT(probe_one(world, target(kItem)).notes, IsEmpty()) << status;
    EXPECT_EQ(made_up_requests(world).size(), 1U) << status;  // none is worth a second attempt
  }
}

TEST(Soft404, OneAddressServesAllLinksOfAPlatformEachComparedByItself) {
  World world;
  world.server.on("/other", shop_page("A pot"));
  world.server.on("", shop_page());
  const Seen run = probe_all(world, {target(kItem), target("http://shop.example/other"),
                                     target("http://www.shop.example/item", plain_context("chat/feed"))});
  EXPECT_EQ(made_up_requests(world).size(), 1U);
  EXPECT_THAT(run.seen.at(0).observation.notes, ElementsAre("soft_404"));
  EXPECT_THAT(run.seen.at(1).observation.notes, IsEmpty());
  EXPECT_THAT(run.seen.at(2).observation.notes, ElementsAre("soft_404"));
}

TEST(Soft404, EachPlatformHasItsOwnAddress) {
  World world;
  PlatformSigns books;
  books.id = "books";
  books.domains = {"books.example"};
  world.settings.knowledge.platforms.push_back(books);
  probe_all(world, {target(kItem), target(Link{"books/one", "books", "product", "http://books.example/item"}),
                    target(Link{"", "", "", "http://www.elsewhere.example/item"})});
  std::set<std::string> hosts, paths;
  for (const Request& request : made_up_requests(world)) {
    EXPECT_TRUE(hosts.insert(request.host).second) << request.host;
    EXPECT_TRUE(paths.insert(request.path).second) << request.path;
  }
  EXPECT_THAT(hosts, ElementsAre("books.example", "shop.example", "www.elsewhere.example"));
}

TEST(Soft404, AddressFollowsFromTheSeed) {
  const auto path = [](std::uint64_t seed) {
    World world;
    world.settings.network.seed = seed;
    probe_one(world, target(kItem));
    return made_up_requests(world).at(0).path;
  };
  EXPECT_EQ(path(5), path(5));
  EXPECT_NE(path(5), path(6));
}

TEST(Soft404, IsNotAskedWhereTheControlWasNotServed) {
  const Script refused = html("no", "403 Forbidden"), down = html("no", "500 Internal Server Error");
  for (const Script& control : {refused, down, resetting(), leading_to("http://chat.example/stop"),
                                leading_to("http://127.0.0.1/item"), leading_to("http://shop.example:25/item")}) {
    World world;
    world.server.on("/item", for_client("browser", control, shop_page()));
    probe_one(world, target(kItem));
    EXPECT_THAT(made_up_requests(world), IsEmpty());
  }
}

TEST(Soft404, IsNotAskedForALinkToARefusedAddress) {
  World world;
  world.server.on("", shop_page());
  probe_all(world, {target("http://127.0.0.1/item"), target("http://10.0.0.1/item", gateway_context())});
  EXPECT_THAT(made_up_requests(world), IsEmpty());
}

TEST(Soft404, SilenceIsWaitedForButOnceAndChangesNothing) {
  World world;
  world.settings.network.first_byte_s = 1;
  world.settings.network.attempts = 3;
  world.server.on("", hanging());
  const Observation seen = probe_one(world, target(kItem));
  EXPECT_EQ(verdict(seen), kVerdict);
  EXPECT_THAT(seen.notes, IsEmpty());
  EXPECT_EQ(made_up_requests(world).size(), 1U);
}

TEST(Soft404, IsGivenUpAfterSecondsWhateverTheTimeOuts) {
  World world;
  world.settings.network.first_byte_s = world.settings.network.timeout_s = 60;
  world.server.on("", hanging());
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(verdict(probe_one(world, target(kItem))), kVerdict);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
}

TEST(Soft404, WhatWasSeenIsNotLostWhenTheBudgetEndsMeanwhile) {
  World world;
  world.settings.network.budget_s = 1;
  world.server.on("", hanging());
  const Seen run = probe_all(world, {target(kItem)});
  EXPECT_EQ(verdict(run.only()), kVerdict);
}

TEST(Soft404, WhatWasSeenIsNotLostWhenTheRunIsStoppedMeanwhile) {
  std::stop_source stop;
  World world;
  world.settings.network.per_host_concurrency = 1;  // so that the link has been seen by then
  world.server.on("", [&](Peer& peer, const Request&) {
    stop.request_stop();
    peer.wait();
  });
  const Seen run = probe_all(world, {target(kItem)}, stop.get_token());
  EXPECT_EQ(verdict(run.only()), kVerdict);
}

TEST(Soft404, KeepsTheBoundsOfItsHost) {
  World world;
  world.settings.network.per_host_concurrency = 1;
  world.settings.network.canaries.clear();
  world.server.on("", shop_page());
  probe_all(world, {target(kItem), target("http://shop.example/other")});
  EXPECT_EQ(world.server.most_at_once(), 1);
  EXPECT_EQ(made_up_requests(world).size(), 1U);
}

}  // namespace
}  // namespace linkaudit::probes
