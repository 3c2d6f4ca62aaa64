// Who is who, and what the lab's internet answers, without a network.
#include "probes/lab/play.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace linkaudit::probes {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Client {
  const char* name;
  const char* user_agent;
  const char* host;
};

class ClientOf : public testing::TestWithParam<Client> {};

TEST_P(ClientOf, IsToldByTheLastToken) {
  EXPECT_EQ(client_of(GetParam().user_agent), GetParam().host);
}

INSTANTIATE_TEST_SUITE_P(
    Lab, ClientOf,
    testing::Values(Client{"Browser", "Mozilla/5.0 (iPhone) Version/15.0 Mobile/15E148 Safari/604.1", "browser"},
                    Client{"Nothing", "", "browser"},
                    Client{"WeChat", "Mozilla/5.0 Mobile/15E148 MicroMessenger/8.0.16 NetType/WIFI", "wechat"},
                    Client{"QqCarriesWeChatsToo", "Mozilla/5.0 MicroMessenger/6 MQQBrowser QQ/8.8.50", "qq"},
                    Client{"Weibo", "Mozilla/5.0 __weibo__11.9.1__iphone", "weibo"},
                    Client{"DingTalk", "Mozilla/5.0 AliApp(DingTalk/6.0.0)", "dingtalk"},
                    Client{"Feishu", "Mozilla/5.0 Lark/4.0.0", "feishu"},
                    Client{"Douyin", "Mozilla/5.0 aweme_18.0.0", "douyin"}),
    [](const auto& each) { return each.param.name; });

LabRequest request(const std::string& url, const std::string& user_agent = "") {
  LabRequest asked = request_for(url).value();
  asked.user_agent = user_agent;
  return asked;
}

struct Address {
  const char* url;
  const char* platform;
  Place place;
};

TEST(LabWorld, AddressesAreThoseOfThePlatforms) {
  const Address addresses[] = {
      {"https://item.taobao.com/item.htm?id=1", "taobao", Place::page},
      {"https://www.taobao.com/", "taobao", Place::home},
      {"https://e.tb.cn/h.g1", "taobao", Place::short_link},
      {"https://login.m.taobao.com/login.htm?redirectURL=x", "taobao", Place::login},
      {"https://main.m.taobao.com/_____tmd_____/punish?x5secdata=x", "taobao", Place::captcha},
      {"https://market.m.taobao.com/app/idleFish-F2e/x", "xianyu", Place::page},
      {"https://www.goofish.com/item?id=1", "xianyu", Place::page},
      {"https://v.douyin.com/abc/", "douyin", Place::short_link},
      {"https://haohuo.jinritemai.com/views/product/item2?id=1", "douyin_shop", Place::page},
  };
  for (const Address& address : addresses) {
    const auto site = site_of(request(address.url));
    ASSERT_TRUE(site) << address.url;
    EXPECT_EQ(site->platform->id, address.platform) << address.url;
    EXPECT_EQ(site->place, address.place) << address.url;
  }
}

TEST(LabWorld, AHostNameThatOnlyEndsAlikeIsSomebodyElses) {
  EXPECT_FALSE(site_of(request("https://nottaobao.com/item")));
  EXPECT_FALSE(site_of(request("https://taobao.com.example/item")));
}

TEST(LabWorld, TheGatewayIsAskedForALinkInAContext) {
  const auto call = gateway_call(
      request("https://mp.weixinbridge.com/mp/wapredirect?lab_context=group&url=https%3A%2F%2Fa.example%2F%3Fb%3D1"));
  ASSERT_TRUE(call);
  EXPECT_EQ(call->host, "wechat");
  EXPECT_EQ(call->context, "wechat/group");
  EXPECT_EQ(call->link, "https://a.example/?b=1");
  EXPECT_FALSE(gateway_call(request("https://mp.weixinbridge.com/other")));
}

TEST(LabWorld, ParametersAreFoundByTheirWholeName) {
  const LabRequest asked = request("https://a.example/?curl=1&url=2&url=3&broken=%zz");
  EXPECT_EQ(parameter(asked, "url"), "2");
  EXPECT_EQ(parameter(asked, "rl"), "");
  EXPECT_EQ(parameter(asked, "broken"), "");
}

TEST(LabWorld, WhatIsNoUrlIsNoRequest) {
  for (const char* url : {"", "nonsense", "http://[", "/path"}) EXPECT_FALSE(request_for(url)) << url;
}

constexpr const char* kWeChat = "Mozilla/5.0 MicroMessenger/8.0.16";
constexpr const char* kLink = "https://item.taobao.com/item.htm?id=1";

std::string through_gateway(const std::string& link, const std::string& context = "group") {
  return "https://mp.weixinbridge.com/mp/wapredirect?lab_context=" + context + "&url=" + encode_parameter(link);
}

LabTable table_of(LabRow row) {
  return LabTable({std::move(row)}, "");
}

LabTable doing(Behaviour behaviour, const std::string& host = "wechat", const std::string& context = "") {
  return table_of({host, context, "taobao", "2021-01-01", behaviour, Outcome::direct, Blame::none});
}

TEST(LabPlay, TheGatewayPassesOnWhatTheTargetDecides) {
  for (const Behaviour behaviour : {Behaviour::direct, Behaviour::captcha, Behaviour::target_reset}) {
    const LabAnswer answer = play(request(through_gateway(kLink), kWeChat), doing(behaviour), {});
    EXPECT_EQ(answer.location, kLink) << name(behaviour);
  }
}

TEST(LabPlay, TheGatewayStopsInOneContextOnly) {
  const LabTable table = doing(Behaviour::stop_page, "wechat", "wechat/group");
  EXPECT_THAT(play(request(through_gateway(kLink, "group"), kWeChat), table, {}).location,
              StartsWith("https://weixin110.qq.com/"));
  EXPECT_EQ(play(request(through_gateway(kLink, "moments"), kWeChat), table, {}).location, kLink);
}

TEST(LabPlay, AStoppedLinkIsServedToThoseWhoComeWithoutTheGateway) {
  const LabAnswer answer = play(request(kLink, kWeChat), doing(Behaviour::stop_page), {});
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("加入购物车"));
}

TEST(LabPlay, ATargetKnowsItsClient) {
  const LabTable table = doing(Behaviour::refuse, "wechat");
  EXPECT_EQ(play(request(kLink, kWeChat), table, {}).status, 403);
  EXPECT_EQ(play(request(kLink, "Safari"), table, {}).status, 200);
}

TEST(LabPlay, LoginAndCaptchaPagesAreOpenToThoseSentThere) {
  for (const Behaviour behaviour : {Behaviour::login_wall, Behaviour::captcha}) {
    const LabTable table = doing(behaviour);
    const LabAnswer sent = play(request(kLink, kWeChat), table, {});
    ASSERT_EQ(sent.status, 302) << name(behaviour);
    const LabAnswer page = play(request(sent.location, kWeChat), table, {});
    EXPECT_EQ(page.status, 200) << name(behaviour);
    EXPECT_TRUE(page.location.empty()) << name(behaviour);
  }
}

TEST(LabPlay, OutagesComeBeforeTheTable) {
  LabOutage outage;
  outage.gateways = Behaviour::gateway_reset;
  outage.targets = Behaviour::target_error;
  outage.canaries = true;
  const LabTable table = doing(Behaviour::direct);
  EXPECT_EQ(play(request(through_gateway(kLink), kWeChat), table, outage).line, LabAnswer::Line::reset);
  EXPECT_EQ(play(request(kLink, "Safari"), table, outage).status, 502);
  EXPECT_EQ(play(request("https://one.canary.lab.example/"), table, outage).line, LabAnswer::Line::reset);
}

TEST(LabPlay, CanariesAndStrangersAnswer) {
  const LabTable table = doing(Behaviour::direct);
  EXPECT_EQ(play(request("https://one.canary.lab.example/"), table, {}).status, 200);
  EXPECT_THAT(play(request("https://www.qq.com/"), table, {}).body, HasSubstr("www.qq.com"));
}

TEST(LabPlay, AMadeUpAddressIsNowhere) {
  const LabTable table = doing(Behaviour::direct);
  for (const std::string host : {"https://item.taobao.com", "https://v.douyin.com", "https://nobody.example"}) {
    EXPECT_EQ(play(request(host + "/0123456789abcdef0123"), table, {}).status, 404) << host;
    EXPECT_LT(play(request(host + "/0123456789abcdef012g"), table, {}).status, 400) << host;
  }
}

TEST(LabPlay, WhatALinkSaysIsShownAsText) {
  const std::string hostile = "https://a.example/\"><script>alert(1)</script>";
  for (const Behaviour behaviour : {Behaviour::stop_page, Behaviour::stop_page_parsed, Behaviour::copy_wording}) {
    const LabAnswer answer = play(request(wechat_page_url(behaviour, hostile)), doing(behaviour), {});
    EXPECT_THAT(answer.body, testing::Not(HasSubstr("<script>alert"))) << name(behaviour);
    EXPECT_THAT(answer.body, HasSubstr("&lt;script&gt;")) << name(behaviour);
  }
}

TEST(LabPlay, TheGatewayAnswersALinkThatIsNoneWithAnError) {
  EXPECT_EQ(play(request(through_gateway("nonsense"), kWeChat), doing(Behaviour::direct), {}).status, 400);
}

}  // namespace
}  // namespace linkaudit::probes
