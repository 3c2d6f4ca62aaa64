// The lab by itself, over http and https: each behaviour as a client sees it.
#include "probes/lab/lab.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>

#include "probes/leg_runner.h"
#include "tests/probes/lab/temporary.h"

namespace linkaudit::probes {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kItem = "item.taobao.com/item.htm?id=1";

NetworkSettings towards(const Lab& lab) {
  NetworkSettings settings;
  settings.connect_to = lab.connect_to();
  settings.ca_file = lab.ca_file();
  settings.attempts = 1;
  settings.per_host_rate_per_s = 0;
  settings.first_byte_s = 1;
  return settings;
}

LegResult fetch(const NetworkSettings& settings, const std::string& url) {
  LegRequest request;
  request.url = request.link_url = url;
  request.client.user_agent = "Mozilla/5.0 MicroMessenger/8.0.16";
  LegResult result;
  LegRunner runner(settings);
  runner.add(std::move(request), [&](LegResult leg) { result = std::move(leg); });
  EXPECT_TRUE(runner.run());
  return result;
}

std::string gateway_to(const std::string& scheme, const std::string& link) {
  return scheme + "://mp.weixinbridge.com/mp/wapredirect?lab_context=group&url=" + encode_parameter(link);
}

LabRow taobao_doing(Behaviour behaviour) {
  return {"wechat", "", "taobao", "2020-01-01", behaviour, Outcome::direct, Blame::none};
}

struct Case {
  Behaviour behaviour;
  const char* final_host;
  int status;                // 0: none
  const char* sign = "";     // in the page's source, or the app that it jumps to
  const char* failure = "";  // when there is no answer
};

const Case kCases[] = {
    {Behaviour::confirm, "weixin110.qq.com", 200, "\"type\":\"gray\""},
    {Behaviour::copy_to_browser, "weixin110.qq.com", 200, "\"type\":\"empty\""},
    {Behaviour::copy_wording, "weixin110.qq.com", 200, "请长按网址复制后使用浏览器访问"},
    {Behaviour::stop_page, "weixin110.qq.com", 200, "var cgiData = {\"type\":\"block\""},
    {Behaviour::stop_page_parsed, "weixin110.qq.com", 200, "JSON.parse(\"{\\\"type\\\":\\\"block\\\""},
    {Behaviour::stop_page_coded, "weixin110.qq.com", 200, "\"type\":\"block\""},
    {Behaviour::gateway_error, "mp.weixinbridge.com", 502, "Bad Gateway"},
    {Behaviour::gateway_reset, "mp.weixinbridge.com", 0, "", "tcp_reset"},
    {Behaviour::gateway_slow, "mp.weixinbridge.com", 0, "", "http_timeout"},
    {Behaviour::direct, "item.taobao.com", 200, "加入购物车"},
    {Behaviour::login_wall, "login.m.taobao.com", 200, "手机号"},
    {Behaviour::browser_prompt, "item.taobao.com", 200, "在浏览器打开"},
    {Behaviour::text_token, "item.taobao.com", 200, "￥"},
    {Behaviour::app_jump, "item.taobao.com", 200, "tbopen://"},
    {Behaviour::captcha, "main.m.taobao.com", 200, "nocaptcha"},
    {Behaviour::stop_copy, "item.taobao.com", 200, "已停止访问该网页"},
    {Behaviour::refuse, "item.taobao.com", 403, "Forbidden"},
    {Behaviour::target_gone, "item.taobao.com", 404, "Not Found"},
    {Behaviour::target_error, "item.taobao.com", 502, "Bad Gateway"},
    {Behaviour::target_reset, "item.taobao.com", 0, "", "tcp_reset"},
    {Behaviour::target_slow, "item.taobao.com", 0, "", "http_timeout"},
};

// One lab for all of them: starting and stopping its servers takes longer than what is asked of it.
class BehaviourOver : public testing::TestWithParam<std::tuple<std::string, Case>> {
 protected:
  static void SetUpTestSuite() {
    directory_.emplace();
    lab_.emplace(LabSettings{directory_->path(), "", {}});
  }
  static void TearDownTestSuite() {
    lab_.reset();
    directory_.reset();
  }

  inline static std::optional<TemporaryDirectory> directory_;
  inline static std::optional<Lab> lab_;
};

TEST_P(BehaviourOver, LooksAsItShould) {
  const auto& [scheme, expected] = GetParam();
  lab_->set(taobao_doing(expected.behaviour));
  const LegResult leg = fetch(towards(*lab_), gateway_to(scheme, scheme + "://" + kItem));
  EXPECT_EQ(std::string(leg.failure ? name(leg.failure->name) : ""), expected.failure);
  ASSERT_FALSE(leg.exchanges.empty());
  const Exchange& last = leg.exchanges.back();
  EXPECT_THAT(last.hop.url, HasSubstr(std::string("://") + expected.final_host + "/"));
  EXPECT_EQ(last.hop.status, expected.status);
  if (expected.status == 0) return;
  ASSERT_TRUE(last.page);
  EXPECT_THAT(last.page->source, HasSubstr(expected.sign));
}

INSTANTIATE_TEST_SUITE_P(Lab, BehaviourOver,
                         testing::Combine(testing::Values(std::string("http"), std::string("https")),
                                          testing::ValuesIn(kCases)),
                         [](const auto& each) {
                           return std::get<0>(each.param) + "_" + std::string(name(std::get<1>(each.param).behaviour));
                         });

TEST(LabCases, NameEveryBehaviourOnce) {
  ASSERT_EQ(std::size(kCases), kBehaviours.size());
  for (std::size_t i = 0; i < kBehaviours.size(); ++i) EXPECT_EQ(kCases[i].behaviour, kBehaviours[i]);
}

TEST(Lab, ThePageInGbkSaysSo) {
  const TemporaryDirectory directory;
  const Lab lab({directory.path(), ""});
  const LegResult leg = fetch(towards(lab), "https://detail.tmall.com/item.htm?id=1");
  ASSERT_TRUE(!leg.exchanges.empty() && leg.exchanges.back().page);
  EXPECT_EQ(leg.exchanges.back().page->charset, "gbk");
  EXPECT_THAT(leg.exchanges.back().page->text, HasSubstr("加入购物车"));
}

struct ShortLink {
  const char* url;
  const char* via;
  const char* to;
};

TEST(Lab, ShortLinksLeadOnInEachWay) {
  const TemporaryDirectory directory;
  const Lab lab({directory.path(), "", {{"", "", "", "2000-01-01", Behaviour::direct, Outcome::direct, Blame::none}}});
  const ShortLink links[] = {{"https://e.tb.cn/h.x", "meta", "https://main.m.taobao.com/"},
                             {"https://m.tb.cn/h.x", "script", "https://main.m.taobao.com/"},
                             {"https://v.douyin.com/x/", "http", "https://www.iesdouyin.com/"}};
  for (const ShortLink& link : links) {
    const LegResult leg = fetch(towards(lab), link.url);
    ASSERT_EQ(leg.exchanges.size(), 2U) << link.url;
    EXPECT_EQ(leg.exchanges[0].hop.via, link.via) << link.url;
    EXPECT_THAT(leg.exchanges[1].hop.url, StartsWith(link.to));
    EXPECT_EQ(leg.exchanges[1].hop.status, 200);
  }
}

TEST(Lab, IsPlayedOnItsDate) {
  const TemporaryDirectory directory;
  const std::string url = gateway_to("https", std::string("https://") + kItem);
  const Lab before({directory.path(), "2021-09-16"});
  EXPECT_THAT(fetch(towards(before), url).exchanges.back().page->source, HasSubstr("\"type\":\"empty\""));
  const Lab after({directory.path(), "2021-11-29"});
  EXPECT_THAT(fetch(towards(after), url).exchanges.back().page->source, HasSubstr("加入购物车"));
}

TEST(Lab, ChangesWhileItRuns) {
  const TemporaryDirectory directory;
  Lab lab({directory.path(), "", {taobao_doing(Behaviour::direct)}});
  const std::string url = std::string("http://") + kItem;
  EXPECT_EQ(fetch(towards(lab), url).exchanges.back().hop.status, 200);
  lab.set(taobao_doing(Behaviour::refuse));
  EXPECT_EQ(fetch(towards(lab), url).exchanges.back().hop.status, 403);
  LabOutage outage;
  outage.targets = Behaviour::target_error;
  lab.set(outage);
  EXPECT_EQ(fetch(towards(lab), url).exchanges.back().hop.status, 502);
}

TEST(Lab, CanariesAnswerUntilTheyAreCutOff) {
  const TemporaryDirectory directory;
  Lab lab({directory.path(), ""});
  for (const std::string& canary : lab.canaries()) EXPECT_FALSE(fetch(towards(lab), canary).failure);
  LabOutage outage;
  outage.canaries = true;
  lab.set(outage);
  for (const std::string& canary : lab.canaries()) EXPECT_TRUE(fetch(towards(lab), canary).failure);
}

TEST(Lab, NobodyElseTrustsItsCertificates) {
  const TemporaryDirectory directory;
  const Lab lab({directory.path(), ""});
  NetworkSettings settings = towards(lab);
  settings.ca_file.clear();
  const LegResult leg = fetch(settings, std::string("https://") + kItem);
  ASSERT_TRUE(leg.failure);
  EXPECT_EQ(name(leg.failure->name), "tls_untrusted");
}

TEST(Lab, WritesItsCertificateButNoKey) {
  const TemporaryDirectory directory;
  const Lab lab({directory.path(), ""});
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
    ++files;
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    EXPECT_THAT(text.str(), HasSubstr("BEGIN CERTIFICATE"));
    EXPECT_THAT(text.str(), testing::Not(HasSubstr("PRIVATE KEY")));
  }
  EXPECT_EQ(files, 1U);
}

TEST(Lab, WithoutADirectoryItDoesNotStart) {
  EXPECT_THROW(Lab({"/nonexistent/directory", ""}), std::runtime_error);
}

TEST(Lab, EndsWhileAConnectionIsHeld) {
  const TemporaryDirectory directory;
  std::optional<Lab> lab(std::in_place, LabSettings{directory.path(), "", {taobao_doing(Behaviour::target_slow)}});
  NetworkSettings settings = towards(*lab);
  settings.first_byte_s = 20;
  LegRequest request;
  request.url = request.link_url = std::string("http://") + kItem;
  request.client.user_agent = "MicroMessenger/8";
  const auto begun = std::chrono::steady_clock::now();
  std::thread client([&] {
    LegRunner runner(settings);
    runner.add(std::move(request), [](LegResult leg) { EXPECT_TRUE(leg.failure); });
    runner.run();
  });
  lab.reset();
  client.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
}

}  // namespace
}  // namespace linkaudit::probes
