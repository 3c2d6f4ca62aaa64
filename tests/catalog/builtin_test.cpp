// The built-in catalog holds what it promises.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <re2/re2.h>

#include <algorithm>
#include <fstream>
#include <map>
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
  for (const Host& host : catalog_.hosts) {
    for (const HostContext& context : host.contexts) {
      if (context.gateway) hosts.insert(context.host);
    }
  }
  EXPECT_THAT(hosts, testing::ElementsAre("wechat"));
}

// Interstitials and deep links say nothing of a link that was not stopped.
TEST_F(BuiltIn, GatewayIsTheOneOfArticlesWithTheLinkInItsQueryAndAControl) {
  const auto& gateway = find_context(catalog_, "wechat/group")->gateway;
  ASSERT_TRUE(gateway);
  EXPECT_EQ(gateway->url, "https://mp.weixinbridge.com/mp/wapredirect?url={url}");
  EXPECT_FALSE(gateway->control.empty());
}

TEST_F(BuiltIn, ClientsCarryTheirOwnTokenAndTheControlNone) {
  const std::map<std::string, std::string> tokens = {
      {"wechat", "MicroMessenger/"},   {"qq", " QQ/"},       {"weibo", "__weibo__"},
      {"dingtalk", "AliApp(DingTalk"}, {"feishu", " Lark/"}, {"douyin", " aweme_"},
  };
  for (const Host& host : catalog_.hosts) {
    for (const HostContext& context : host.contexts) {
      EXPECT_THAT(context.client.user_agent, testing::HasSubstr(tokens.at(host.id))) << context.id;
    }
  }
  for (const auto& [host, token] : tokens) {
    EXPECT_THAT(catalog_.control_client.user_agent, testing::Not(testing::HasSubstr(token))) << host;
  }
  EXPECT_THAT(catalog_.control_client.user_agent, testing::HasSubstr("Mobile Safari"));
}

bool any_finds(const std::vector<std::string>& patterns, const std::string& url) {
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string pattern) {
    if (pattern.starts_with("url:")) pattern.erase(0, 4);
    return RE2::PartialMatch(url, pattern);
  });
}

// A link that its own platform's shapes do not know could be counted for another's.
TEST_F(BuiltIn, LinksHaveAShapeOfTheirPlatformAndItemsItsDetailMarker) {
  const std::set<std::string> without_shape = {"taobao/home", "xianyu/short"};  // a home page; Taobao's short host
  for (const Platform& platform : catalog_.platforms) {
    for (const probes::Link& link : platform.links) {
      if (link.url.empty()) continue;
      EXPECT_EQ(any_finds(platform.shapes, link.url), !without_shape.contains(link.id)) << link.id;
      EXPECT_TRUE(link.kind != "product" || any_finds(platform.markers.detail, link.url)) << link.id;
    }
  }
}

TEST_F(BuiltIn, NoTwoPlatformsHaveAShapeForOneLink) {
  for (const Platform& platform : catalog_.platforms) {
    for (const probes::Link& link : platform.links) {
      for (const Platform& other : catalog_.platforms) {
        if (other.id == platform.id || link.id == "xianyu/short") continue;
        EXPECT_FALSE(any_finds(other.shapes, link.url)) << link.id << " and " << other.id;
      }
    }
  }
}

bool has_chinese(const std::string& text) {
  return RE2::PartialMatch(text, "\\p{Han}");
}

TEST_F(BuiltIn, NamesAreThereInBothLanguages) {
  const auto check = [](const law::Bilingual& name, const std::string& id) {
    EXPECT_FALSE(name.en.empty()) << id;
    EXPECT_TRUE(has_chinese(name.zh) || name.zh == "QQ") << id;
  };
  for (const Host& host : catalog_.hosts) {
    check(host.name, host.id);
    check(host.operator_name, host.id);
    for (const HostContext& context : host.contexts) check(context.name, context.id);
  }
  for (const Platform& platform : catalog_.platforms) {
    check(platform.name, platform.id);
    check(platform.operator_name, platform.id);
  }
}

TEST_F(BuiltIn, EveryRuleAndObligationHasItsSourceAndItsTextsInBothLanguages) {
  for (const probes::Rule& rule : catalog_.rules) EXPECT_FALSE(rule.source.empty()) << rule.id;
  for (const law::Obligation& each : catalog_.obligations) {
    for (const law::Bilingual* text : {&each.authority, &each.title, &each.text, &each.source}) {
      EXPECT_FALSE(text->en.empty()) << each.id;
      EXPECT_TRUE(has_chinese(text->zh)) << each.id;
    }
  }
}

TEST_F(BuiltIn, ObligationsAreThese) {
  using law::Standing;
  std::map<std::string, std::pair<law::Date, Standing>> found;
  for (const law::Obligation& each : catalog_.obligations) found[each.id] = {each.effective, each.standing};
  const std::map<std::string, std::pair<law::Date, Standing>> expected = {
      {"miit-2021-unblock", {{2021, 9, 17}, Standing::mandatory}},
      {"miit-2021-standard-in-app", {{2021, 9, 17}, Standing::reported}},
      {"miit-2021-standard-no-extra-steps", {{2021, 9, 17}, Standing::reported}},
      {"miit-2021-standard-parity", {{2021, 9, 17}, Standing::reported}},
      {"wechat-2021-09-17-one-to-one", {{2021, 9, 17}, Standing::mandatory}},
      {"wechat-2021-11-29-one-to-one", {{2021, 11, 29}, Standing::mandatory}},
      {"wechat-2021-11-29-group-ecommerce", {{2021, 11, 29}, Standing::trial}},
  };
  EXPECT_EQ(found, expected);
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
  for (const probes::Target& target : select(catalog_, own)) EXPECT_NE(target.link->platform, "taobao");
  own.platforms = {"taobao"};
  EXPECT_FALSE(select(catalog_, own).empty());
  Selection one;
  one.links = {"taobao/item"};
  one.contexts = {"wechat/group", "wechat/moments"};
  EXPECT_EQ(select(catalog_, one).size(), 2u);
}

}  // namespace
}  // namespace linkaudit::catalog
