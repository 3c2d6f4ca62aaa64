// `enabled: false` over several layers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "audit/catalog/load.h"

namespace linkaudit::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Each text is laid over the ones before, and over the built-in catalog.
tl::expected<Catalog, std::vector<CatalogError>> layered(const std::vector<std::string>& texts) {
  std::vector<Source> layers;
  for (const std::string& text : texts) {
    layers.push_back({"layer" + std::to_string(layers.size() + 1) + ".yaml", "version: 1\n" + text});
  }
  return load(layers);
}

Catalog loaded(const std::vector<std::string>& texts) {
  auto catalog = layered(texts);
  if (catalog) return *std::move(catalog);
  ADD_FAILURE() << catalog.error().front().message();
  return {};
}

std::vector<std::string> problems(const std::vector<std::string>& texts) {
  const auto catalog = layered(texts);
  std::vector<std::string> messages;
  if (!catalog) {
    for (const CatalogError& error : catalog.error()) messages.push_back(error.message());
  }
  return messages;
}

bool has_rule(const Catalog& catalog, const std::string& id) {
  return std::any_of(catalog.rules.begin(), catalog.rules.end(), [&](const auto& rule) { return rule.id == id; });
}
const law::Obligation* obligation(const Catalog& catalog, const std::string& id) {
  const auto found = std::find_if(catalog.obligations.begin(), catalog.obligations.end(),
                                  [&](const auto& each) { return each.id == id; });
  return found == catalog.obligations.end() ? nullptr : &*found;
}

TEST(Removal, PlatformGoesWithItsRulesAndLinks) {
  const Catalog catalog = loaded({"platforms:\n  - {id: zhihu, enabled: false}\n"});
  EXPECT_EQ(find_platform(catalog, "zhihu"), nullptr);
  EXPECT_EQ(find_link(catalog, "zhihu/article"), nullptr);
  EXPECT_FALSE(has_rule(catalog, "zhihu-risk-control"));
  EXPECT_TRUE(has_rule(catalog, "jd-risk-control"));
}

TEST(Removal, HostGoesWithItsRulesContextsAndObligations) {
  const Catalog catalog = loaded({"hosts:\n  - {id: wechat, enabled: false}\n"});
  EXPECT_EQ(find_context(catalog, "wechat/group"), nullptr);
  EXPECT_FALSE(has_rule(catalog, "wechat-verdict-block"));
  EXPECT_EQ(obligation(catalog, "wechat-2021-11-29-one-to-one"), nullptr);
  EXPECT_NE(obligation(catalog, "miit-2021-unblock"), nullptr);
}

TEST(Removal, LinkAndContextGoAlone) {
  const Catalog catalog =
      loaded({"hosts:\n  - id: wechat\n    contexts: [{id: article, enabled: false}]\n"
              "platforms:\n  - id: taobao\n    links: [{id: short, enabled: false}]\n"});
  EXPECT_EQ(find_context(catalog, "wechat/article"), nullptr);
  EXPECT_NE(find_context(catalog, "wechat/group"), nullptr);
  EXPECT_EQ(find_link(catalog, "taobao/short"), nullptr);
  EXPECT_NE(find_link(catalog, "taobao/item"), nullptr);
}

TEST(Removal, RuleAndObligationGoByTheirIds) {
  const Catalog catalog =
      loaded({"rules:\n  - {id: imitated-stop-page, enabled: false}\n"
              "obligations:\n  - {id: miit-2021-standard-parity, enabled: false}\n"});
  EXPECT_FALSE(has_rule(catalog, "imitated-stop-page"));
  EXPECT_EQ(obligation(catalog, "miit-2021-standard-parity"), nullptr);
}

constexpr const char* scoped =
    "obligations:\n"
    "  - id: mine\n"
    "    authority: {en: A, zh: 局}\n"
    "    title: {en: T, zh: 题}\n"
    "    effective: 2021-09-17\n"
    "    requires: {max_steps: 0}\n"
    "    scope: {platforms: [zhihu, jd], except: {links: [zhihu/answer], contexts: [wechat/group]}}\n"
    "schedules:\n"
    "  - {id: one, cron: '0 3 * * *', select: {platforms: [zhihu]}}\n"
    "  - {id: both, cron: '0 3 * * *', select: {platforms: [zhihu, jd]}}\n";

TEST(Removal, NamesInScopesAndSelectionsOfLayersBelowGo) {
  const Catalog catalog = loaded({scoped, "platforms:\n  - {id: zhihu, enabled: false}\n"});
  ASSERT_NE(obligation(catalog, "mine"), nullptr);
  EXPECT_THAT(obligation(catalog, "mine")->scope.terms.platforms, ElementsAre("jd"));
  // An exception for a link that is gone excepts nothing, least of all everything else in the group.
  EXPECT_TRUE(obligation(catalog, "mine")->scope.except.empty());
  // A schedule that selected nothing else must not select everything.
  ASSERT_EQ(catalog.schedules.size(), 1u);
  EXPECT_EQ(catalog.schedules.front().id, "both");
  EXPECT_THAT(catalog.schedules.front().select.platforms, ElementsAre("jd"));
}

TEST(Removal, CategoryWithoutPlatformsGoesToo) {
  std::string text = "platforms:\n";
  const Catalog built_in = *load({});
  for (const Platform& platform : built_in.platforms) {
    if (platform.category == "ecommerce") text += "  - {id: " + platform.id + ", enabled: false}\n";
  }
  const Catalog catalog = loaded({text});
  EXPECT_EQ(obligation(catalog, "wechat-2021-11-29-group-ecommerce"), nullptr);
}

TEST(Removal, NameInTheSameLayerOrAboveIsAMistake) {
  const std::string off = "platforms:\n  - {id: zhihu, enabled: false}\n";
  const std::string rule =
      "rules:\n  - {id: mine, platform: zhihu, by: platform, outcome: blocked, when: {status: 403}}\n";
  EXPECT_THAT(problems({off + rule}),
              ElementsAre(HasSubstr("layer1.yaml:5: rules.mine.platform: \"zhihu\" is no platform")));
  EXPECT_THAT(problems({off, rule}),
              ElementsAre(HasSubstr("layer2.yaml:3: rules.mine.platform: \"zhihu\" is no platform")));
  EXPECT_THAT(problems({rule, off}), testing::IsEmpty());
}

TEST(Removal, LayerAboveMaySwitchOnAgain) {
  const Catalog catalog =
      loaded({"platforms:\n  - {id: zhihu, enabled: false}\n", "platforms:\n  - {id: zhihu, enabled: true}\n"});
  EXPECT_NE(find_platform(catalog, "zhihu"), nullptr);
  EXPECT_TRUE(has_rule(catalog, "zhihu-risk-control"));
}

TEST(Removal, ThingDefinedAndSwitchedOffIsLeftOut) {
  const Catalog catalog =
      loaded({"platforms:\n  - {id: mine, enabled: false, name: {en: M, zh: 我}, operator: {en: O, zh: 主}, category: "
              "x, domains: [m.example]}\n"});
  EXPECT_EQ(find_platform(catalog, "mine"), nullptr);
}

TEST(Removal, EmptyListsAndHeadingsTakeNothingAway) {
  const Catalog catalog = loaded({"hosts:\nplatforms: []\nrules:\nobligations: []\nwaivers:\nschedules: []\n"});
  EXPECT_EQ(catalog.platforms, load({})->platforms);
  EXPECT_EQ(catalog.hosts, load({})->hosts);
  EXPECT_EQ(catalog.rules, load({})->rules);
}

}  // namespace
}  // namespace linkaudit::catalog
