// A gateway that a whole host app shares never confirms what one of its contexts shows; a context's own does.
#include <gtest/gtest.h>

#include "audit/catalog/load.h"
#include "tests/query/world.h"

namespace linkaudit::query {
namespace {

constexpr const char* kGateway = R"(gateway: {url: "https://gateway.example/?url={url}"})";

catalog::Catalog with_gateway(const std::string& of_host, const std::string& of_context) {
  const std::string text =
      "version: 1\nhosts:\n  - id: chatty\n    name: {en: Chatty, zh: 聊}\n    operator: {en: C, zh: 聊}\n"
      "    domains: [chatty.example]\n" +
      of_host + "    contexts:\n      - id: group\n        name: {en: group, zh: 群}\n        kind: group\n" +
      of_context +
      "obligations:\n  - id: by-gateway\n    authority: {en: A, zh: 甲}\n    title: {en: T, zh: 题}\n"
      "    effective: 2021-09-17\n    zone: Asia/Shanghai\n    scope: {contexts: [chatty/group]}\n"
      "    requires: {outcomes: [direct]}\n    tier: gateway\n";
  auto loaded = catalog::load({{"overlay.yaml", text}});
  EXPECT_TRUE(loaded) << loaded.error().front().message();
  return std::move(loaded).value();
}

law::Finding judged(const catalog::Catalog& catalog, probes::Outcome outcome) {
  const Told told({probe("2021-10-01", "taobao/item", "chatty/group", outcome, probes::Tier::gateway)});
  for (const law::Finding& each : look(told.log(), catalog, at("2021-10-02")).findings) {
    if (each.obligation == "by-gateway" && each.platform == "taobao") return each;
  }
  return {};
}

TEST(Gateway, OfTheWholeHostAppConfirmsNothingOfOneContext) {
  const catalog::Catalog shared = with_gateway(std::string("    ") + kGateway + "\n", "");
  const law::Finding opens = judged(shared, probes::Outcome::direct),
                     refused = judged(shared, probes::Outcome::blocked);
  EXPECT_EQ(opens.status, law::Status::undetermined);
  EXPECT_EQ(opens.would_be, law::Status::met);
  EXPECT_EQ(refused.status, law::Status::breached);
  EXPECT_EQ(refused.confidence, law::Confidence::suspected);
}

TEST(Gateway, OfTheContextItselfConfirmsWhereTheClauseAsksForNoMore) {
  const catalog::Catalog own = with_gateway("", std::string("        ") + kGateway + "\n");
  EXPECT_EQ(judged(own, probes::Outcome::direct).status, law::Status::met);
  EXPECT_EQ(judged(own, probes::Outcome::blocked).confidence, law::Confidence::confirmed);
}

TEST(Gateway, BuiltInOneOfWeChatIsShared) {
  for (const law::JudgedContext& context : catalog::policy_of(catalog::load({}).value()).contexts) {
    EXPECT_EQ(context.shared_gateway, context.host == "wechat") << context.id;
  }
}

}  // namespace
}  // namespace linkaudit::query
