// What an observation says about how it came to be.
#include "probes/page/digest.h"
#include "tests/probes/prober/probing.h"

namespace linkaudit::probes {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Observation, IsFilledWhole) {
  World world;
  world.settings.simulated = true;
  const Seen run = probe_all(world, {target(kItem, gateway_context())});
  const Observation& seen = run.only();
  EXPECT_EQ(seen.at, kNow);
  EXPECT_EQ(seen.link, "shop/item");
  EXPECT_EQ(seen.url, kItem);
  EXPECT_EQ(seen.platform, "shop");
  EXPECT_EQ(seen.context, "chat/group");
  EXPECT_EQ(seen.method, "http");
  EXPECT_EQ(seen.tier, Tier::gateway);
  EXPECT_EQ(seen.vantage, "test");
  EXPECT_TRUE(seen.simulated);
  EXPECT_EQ(seen.attempt, 1);
  EXPECT_EQ(seen.facts.at("add_to_cart"), "yes");
  ASSERT_EQ(seen.hops.size(), 2U);
  EXPECT_EQ(seen.hops[0].status, 302);
  EXPECT_EQ(seen.hops[0].via, "http");
  EXPECT_EQ(seen.hops[1].url, kItem);
  EXPECT_EQ(seen.hops[1].status, 200);
  EXPECT_THAT(seen.hops[1].address, HasSubstr("127.0.0.1"));
  ASSERT_TRUE(seen.page);
  EXPECT_EQ(seen.page->final_url, kItem);
  EXPECT_EQ(seen.page->title, "A kettle");
  EXPECT_EQ(seen.page->charset, "utf-8");
  EXPECT_FALSE(seen.page->truncated);
  ASSERT_TRUE(seen.control);
  EXPECT_EQ(seen.control->outcome, Outcome::direct);
  EXPECT_EQ(seen.control->end, LegEnd::served);
  EXPECT_EQ(seen.control->hops.size(), 1U);
  EXPECT_EQ(seen.control->page->sha256, seen.page->sha256);
}

TEST(Observation, WithoutGatewayItSeesTheTargetOnly) {
  World world;
  const Observation seen = probe_one(world, target(kItem));
  EXPECT_EQ(seen.tier, Tier::target);
  EXPECT_FALSE(seen.simulated);
}

TEST(Observation, ComesWithEveryExchangeOfItsLegsAsSentAndReceived) {
  World world;
  const Seen run = probe_all(world, {target(kItem, gateway_context())});
  const Probed& probed = run.seen.at(0);
  ASSERT_GE(probed.evidence.size(), 2U);
  const LegEvidence& context = *probed.evidence[0];
  EXPECT_EQ(context.leg, Leg::context);
  ASSERT_EQ(context.exchanges.size(), probed.observation.hops.size());
  for (std::size_t hop = 0; hop < context.exchanges.size(); ++hop) {
    const ExchangeEvidence& exchange = context.exchanges[hop];
    EXPECT_EQ(exchange.hop.url, probed.observation.hops[hop].url);
    EXPECT_THAT(exchange.request, AllOf(StartsWith("GET /"), HasSubstr("\r\nUser-Agent: "), EndsWith("\r\n\r\n")));
    EXPECT_THAT(exchange.response, AllOf(StartsWith("HTTP/1.1 "), EndsWith("\r\n\r\n")));
    EXPECT_EQ(exchange.body_sha256, sha256_hex(exchange.body));
    EXPECT_EQ(exchange.truncated, "");
    EXPECT_LE(exchange.at, probed.observation.at);
  }
  const ExchangeEvidence& page = context.exchanges.back();
  EXPECT_EQ(page.body_sha256, probed.observation.page->sha256);
  EXPECT_EQ(static_cast<std::int64_t>(page.body.size()), probed.observation.page->bytes);
  EXPECT_EQ(probed.evidence[1]->leg, Leg::control);
}

TEST(Observation, SharesTheEvidenceOfItsControl) {
  World world;
  const Seen run = probe_all(world, {target(kItem), target(kItem, gateway_context())});
  EXPECT_EQ(run.seen.at(0).evidence.at(1), run.seen.at(1).evidence.at(1));
}

TEST(Observation, FailureOfALegIsPartOfItsEvidence) {
  World world;
  world.server.on("/item", for_client("chat", resetting(), shop_page()));
  const Seen run = probe_all(world, {target(kItem)});
  const LegEvidence& context = *run.seen.at(0).evidence.at(0);
  ASSERT_TRUE(context.failure);
  EXPECT_EQ(context.failure->name, FailureName::tcp_reset);
  EXPECT_TRUE(context.failed_again);
  ASSERT_EQ(context.exchanges.size(), 1U);
  EXPECT_THAT(context.exchanges[0].request, StartsWith("GET /item"));
  EXPECT_EQ(context.exchanges[0].response, "");
  EXPECT_EQ(context.exchanges[0].body_sha256, "");
}

TEST(Observation, ALegThatFailsKeepsItsHopsAndNoPage) {
  World world;
  world.server.on("/item", for_client("chat", resetting(), shop_page()));
  const Observation seen = probe_one(world, target(kItem, gateway_context()));
  EXPECT_FALSE(seen.page);
  ASSERT_EQ(seen.hops.size(), 2U);
  EXPECT_EQ(seen.hops[1].status, 0);
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(seen.failure->hop, 1);
  EXPECT_EQ(seen.failure->leg, Leg::context);
}

TEST(Observation, AnEmptyPageHasADigest) {
  World world;
  world.server.on("/item", [](Peer& peer, const Request&) { peer.answer("200 OK", "", ""); });
  const Seen run = probe_all(world, {target(kItem)});
  EXPECT_EQ(run.only().page->sha256, sha256_hex(""));
  EXPECT_EQ(run.seen.at(0).evidence.at(0)->exchanges.at(0).body_sha256, sha256_hex(""));
}

TEST(Observation, AUrlOfNoKnownPlatformIsProbedAsSuch) {
  World world;
  world.server.on("/blog", [](Peer& peer, const Request&) {
    peer.answer("200 OK", "Content-Type: text/html\r\n", "<title>A blog</title><p>words");
  });
  const Observation seen = probe_one(world, target(Link{"", "", "", "http://www.blog.example/blog"}, gateway_context()));
  EXPECT_EQ(seen.platform, "");
  EXPECT_EQ(seen.link, "");
  EXPECT_EQ(seen.url, "http://www.blog.example/blog");
  EXPECT_EQ(verdict(seen), "direct none builtin-same-page");
}

TEST(Observation, AUrlOfAKnownPlatformIsRecognised) {
  World world;
  const Observation seen = probe_one(world, target(Link{"", "", "", kItem}));
  EXPECT_EQ(seen.platform, "shop");
  EXPECT_EQ(verdict(seen), "direct none builtin-detail-marker");
}

std::string all_texts_of(const Observation& seen) {
  std::string text = seen.url + seen.rule.id;
  const auto hops = [&](const std::vector<Hop>& all) {
    for (const Hop& hop : all) text += " " + hop.url + " " + hop.address + " " + hop.via;
  };
  hops(seen.hops);
  hops(seen.control->hops);
  for (const auto& failure : {seen.failure, seen.control->failure}) text += failure ? failure->text : "";
  for (const auto& [key, value] : seen.facts) text += " " + key + "=" + value;
  for (const std::string& note : seen.notes) text += " " + note;
  if (seen.page) text += seen.page->final_url + seen.page->title;
  return text;
}

TEST(Observation, CredentialsOfTheClientAreNotInIt) {
  World world;
  Context context = gateway_context();
  context.client.headers = {{"Authorization", "Bearer hushhush"}, {"Cookie", "session=hushhush"}};
  world.server.on("/item", for_client("chat", resetting(), shop_page()));
  EXPECT_THAT(all_texts_of(probe_one(world, target(kItem, context))), Not(HasSubstr("hushhush")));
}

}  // namespace
}  // namespace linkaudit::probes
