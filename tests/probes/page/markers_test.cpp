// Signs on a served page.
#include <gtest/gtest.h>

#include "tests/probes/page/classifying.h"

namespace linkaudit::probes {
namespace {

using Facts = std::map<std::string, std::string>;

Classifier world() {
  Knowledge world;
  PlatformSigns shop;
  shop.id = "shop";
  shop.markers.detail = {"url:^https://shop\\.example/item\\?.*id=[0-9]"};
  shop.markers.add_to_cart = {"加入购物车", "加购"};
  shop.markers.buy_now = {"re:立即(购买|下单)"};
  shop.markers.login = {"请登录"};
  shop.markers.captcha = {"安全验证"};
  shop.markers.open_in_browser = {"在浏览器打开"};
  shop.markers.open_in_app = {"打开APP", "re:(?i)open in app"};
  shop.markers.download = {"下载客户端"};
  shop.markers.payment = {{"wechat", {"微信支付"}}, {"alipay", {"支付宝", "url:alipay"}}, {"unionpay", {"云闪付"}}};
  PlatformSigns bare;
  bare.id = "bare";
  world.platforms = {shop, bare};
  return Classifier(std::move(world));
}

TEST(Markers, AreFactsOfWhatIsShown) {
  const Classifier classifier = world();
  const std::pair<Fetched, Facts> table[] = {
      {Fetched("https://shop.example/item?id=1", "<title>x</title>"), {{"detail", "yes"}}},
      {Fetched("https://shop.example/", "<a>加入<b>购物车</b></a><a>立即下单</a>"),
       {{"add_to_cart", "yes"}, {"buy_now", "yes"}}},
      {Fetched("https://shop.example/", "<p>支付宝</p><p>微信支付</p>"), {{"payment", "wechat,alipay"}}},
      {Fetched("https://shop.example/alipay", ""), {{"payment", "alipay"}}},
      {Fetched("https://shop.example/", "<title>请登录</title>"), {{"login", "yes"}}},
      {Fetched("https://shop.example/", "<p>OPEN IN APP 在浏览器打开 下载客户端 安全验证"),
       {{"captcha", "yes"}, {"download", "yes"}, {"open_in_app", "yes"}, {"open_in_browser", "yes"}}},
      // A word in a program says nothing about the page, nor does one that is hidden.
      {Fetched("https://shop.example/", "<script>var a='加入购物车'</script><!-- 加购 --><p hidden>加购</p>"), {}},
      {Fetched("https://shop.example/", ""), {}},
  };
  for (const auto& [page, facts] : table)
    EXPECT_EQ(classifier.markers(page.seen(), "shop"), facts) << page.facts->source;
}

TEST(Markers, OfNoKnownPlatformAreNone) {
  const Classifier classifier = world();
  const Fetched page("https://shop.example/item?id=1", "加入购物车");
  EXPECT_EQ(classifier.markers(page.seen(), ""), Facts{});
  EXPECT_EQ(classifier.markers(page.seen(), "unknown"), Facts{});
  EXPECT_EQ(classifier.markers(page.seen(), "bare"), Facts{});
}

TEST(Markers, WithoutAPageTheUrlStillCounts) {
  const SeenPage seen{"https://shop.example/item?id=1", 200, {}, nullptr, ""};
  EXPECT_EQ(world().markers(seen, "shop"), (Facts{{"detail", "yes"}}));
}

}  // namespace
}  // namespace linkaudit::probes
