// The built-in catalog holds what it promises.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "audit/catalog/load.h"

namespace linkaudit::catalog {
namespace {

std::string source_text(const std::string& name) {
  std::ifstream file(std::string(LINKAUDIT_SOURCE_ROOT) + "/audit/catalog/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class BuiltIn : public testing::Test {
 protected:
  const Catalog catalog_ = *load({});
};

TEST(Embedded, BytesAreThoseOfTheFiles) {
  EXPECT_TRUE(built_in_text() == source_text("builtin.yaml"));
  EXPECT_TRUE(casebook_csv() == source_text("casebook.csv"));
}

TEST_F(BuiltIn, HoldsTheHostsAndPlatformsItIsMadeFor) {
  for (const char* id :
       {"wechat/one_to_one", "wechat/group", "wechat/moments", "wechat/article", "qq/one_to_one", "qq/group",
        "weibo/feed", "weibo/private_message", "dingtalk/group", "feishu/group", "douyin/private_message"}) {
    EXPECT_NE(find_context(catalog_, id), nullptr) << id;
  }
  for (const char* id : {"taobao", "tmall", "xianyu", "douyin_shop", "douyin", "jd", "pinduoduo", "kuaishou",
                         "xiaohongshu", "bilibili", "zhihu", "netease_music"}) {
    const Platform* platform = find_platform(catalog_, id);
    ASSERT_NE(platform, nullptr) << id;
    EXPECT_FALSE(platform->domains.empty()) << id;
    EXPECT_FALSE(platform->shapes.empty()) << id;
    EXPECT_FALSE(platform->links.empty()) << id;
    EXPECT_FALSE(platform->markers.detail.empty()) << id;
  }
}

TEST_F(BuiltIn, HasEveryLinkAndContextOfTheCasebook) {
  std::istringstream lines{std::string(casebook_csv())};
  std::string line;
  std::getline(lines, line);
  int rows = 0;
  while (std::getline(lines, line)) {
    std::istringstream fields(line);
    std::string at, link, context;
    std::getline(fields, at, ',');
    std::getline(fields, link, ',');
    std::getline(fields, context, ',');
    EXPECT_NE(find_link(catalog_, link), nullptr) << line;
    EXPECT_NE(find_context(catalog_, context), nullptr) << line;
    ++rows;
  }
  EXPECT_EQ(rows, 18);
}

TEST_F(BuiltIn, OnlyWeChatHasAGateway) {
  std::set<std::string> hosts;
  for (const probes::Context& context : contexts_of(catalog_)) {
    if (context.gateway) hosts.insert(context.host);
  }
  EXPECT_THAT(hosts, testing::ElementsAre("wechat"));
}

TEST_F(BuiltIn, EveryRuleAndObligationHasItsSource) {
  for (const probes::Rule& rule : catalog_.rules) EXPECT_FALSE(rule.source.empty()) << rule.id;
  for (const law::Obligation& each : catalog_.obligations) {
    EXPECT_FALSE(each.source.en.empty()) << each.id;
    EXPECT_FALSE(each.source.zh.empty()) << each.id;
    EXPECT_FALSE(each.text.zh.empty()) << each.id;
  }
}

TEST_F(BuiltIn, DeadlineAsksForDirectInAppInChatsAndFeeds) {
  const auto found = std::find_if(catalog_.obligations.begin(), catalog_.obligations.end(),
                                  [](const law::Obligation& each) { return each.id == "miit-2021-unblock"; });
  ASSERT_NE(found, catalog_.obligations.end());
  EXPECT_EQ(found->effective, (law::Date{2021, 9, 17}));
  EXPECT_EQ(found->zone, "Asia/Shanghai");
  EXPECT_THAT(found->scope.terms.kinds, testing::ElementsAre("one_to_one", "group", "feed"));
  EXPECT_THAT(found->requires_.outcomes, testing::ElementsAre(probes::Outcome::direct));
  EXPECT_EQ(found->tier, probes::Tier::in_app);
  EXPECT_EQ(found->standing, law::Standing::mandatory);
}

TEST_F(BuiltIn, RiskControlIsAChallengeAndShipsNoSchedule) {
  int challenges = 0;
  for (const probes::Rule& rule : catalog_.rules) challenges += rule.outcome == probes::Outcome::challenge ? 1 : 0;
  EXPECT_GE(challenges, 7);
  EXPECT_TRUE(catalog_.schedules.empty());
}

TEST_F(BuiltIn, SelectionNamesCellsAndLeavesOutOwnPlatformsUnlessNamed) {
  Selection own;
  own.hosts = {"dingtalk"};
  for (const probes::Target& target : select(catalog_, own)) EXPECT_NE(target.link.platform, "taobao");
  own.platforms = {"taobao"};
  EXPECT_FALSE(select(catalog_, own).empty());
  Selection one;
  one.links = {"taobao/item"};
  one.contexts = {"wechat/group", "wechat/moments"};
  EXPECT_EQ(select(catalog_, one).size(), 2u);
}

}  // namespace
}  // namespace linkaudit::catalog
