// A page for each built-in rule, in the shape that was captured, and pages that look like one and are not.

#include <gtest/gtest.h>

#include <set>

#include "audit/catalog/load.h"
#include "probes/classify.h"
#include "probes/page/reader.h"

namespace linkaudit::catalog {
namespace {

struct Page {
  const char* rule;  // "": none
  const char* host;  // whose context
  const char* platform;
  const char* url;
  std::string body;
};

constexpr const char* weixin110 =
    "https://weixin110.qq.com/cgi-bin/mmspamsupport-bin/newredirectconfirmcgi?main_type=2";

std::string with_cgi_data(const std::string& type, const std::string& text) {
  return "<html><head><title></title></head><body><script>var cgiData = {\"type\":\"" + type +
         "\",\"title\":\"\",\"desc\":\"" + text +
         "\",\"url\":\"https:&#x2f;&#x2f;item.taobao.com&#x2f;\",\"ret\":0};</script></body></html>";
}
std::string with_data(const std::string& type) {
  return "<html><body><script>var DATA = JSON.parse(\"{\\\"type\\\":\\\"" + type +
         "\\\",\\\"ret\\\":0}\");</script></body></html>";
}
std::string with_text(const std::string& text, const std::string& title = "") {
  return "<html><head><meta charset=utf-8><title>" + title + "</title></head><body><p>" + text + "</p></body></html>";
}

const std::vector<Page>& pages() {
  static const std::vector<Page> all = {
      {"wechat-verdict-block", "wechat", "taobao", weixin110,
       with_cgi_data("block", "为维护绿色上网环境，已停止访问该网页")},
      {"wechat-verdict-block-older", "wechat", "taobao", weixin110, with_data("block")},
      {"wechat-verdict-gray", "wechat", "taobao", weixin110, with_cgi_data("gray", "请确认是否继续访问")},
      {"wechat-verdict-gray-older", "wechat", "taobao", weixin110, with_data("gray")},
      {"wechat-verdict-empty", "wechat", "taobao", weixin110,
       with_cgi_data("empty", "如需浏览，请长按网址复制后使用浏览器访问")},
      // Two sentences share their beginning; the ending decides, above the verdict too.
      {"wechat-copy-to-browser", "wechat", "taobao", weixin110,
       with_cgi_data("block", "网页包含诱导分享、关注等诱导行为内容，被多人投诉，请长按网址复制后使用浏览器访问")},
      {"wechat-copy-to-browser", "wechat", "taobao", weixin110,
       with_text("网页包含诱导分享、关注等诱导行为内容，被多人投诉，请长按网址复制后使用浏览器访问")},
      {"wechat-stopped", "wechat", "taobao", weixin110,
       with_text("网页包含诱导分享、关注等诱导行为内容，被多人投诉，为维护绿色上网环境，已停止访问")},
      {"wechat-continue", "wechat", "taobao", weixin110,
       with_text("将要访问 https://item.taobao.com/ 非微信官方网页，请确认是否继续访问")},
      {"wechat-copy-to-browser-taobao", "wechat", "taobao",
       "https://support.weixin.qq.com/cgi-bin/mmsupport-bin/readtemplate?t=w_redirect_taobao&url=x", with_text("")},
      {"wechat-continue-article", "wechat", "taobao",
       "https://mp.weixin.qq.com/mp/readtemplate?t=pages/wapredirect&url=x", with_text("")},
      {"qq-copy-to-browser", "qq", "douyin", "https://c.pc.qq.com/middlem.html?pfurl=x",
       with_text("当前网页非官方页面 如需访问，请复制后使用浏览器访问")},
      {"qq-stopped", "qq", "douyin", "https://c.pc.qq.com/ios.html?url=x", with_text("已停止访问该网页")},
      {"weibo-copy-to-browser", "weibo", "jd", "https://t.cn/A6Mabc",
       with_text("如需浏览，请长按网址复制后使用浏览器访问")},
      {"weibo-continue", "weibo", "jd", "https://t.cn/A6Mabc",
       with_text("将要访问 https://item.jd.com/1.html 继续访问")},
      {"feishu-block", "feishu", "taobao", "https://security.feishu.cn/link/safety/block_template?target=x",
       with_text("")},
      {"feishu-continue", "feishu", "taobao", "https://security.feishu.cn/link/safety?target=x&scene=ccm",
       with_text("")},
      {"douyin-continue", "douyin", "taobao", "https://link.wtturl.cn/?target=x&scene=im", with_text("")},
      {"alibaba-risk-control", "wechat", "taobao", "https://h5api.m.tmall.com/x/_____tmd_____/punish?x5secdata=a",
       with_text("")},
      {"alibaba-risk-control-page", "wechat", "taobao", "https://item.taobao.com/item.htm?id=1",
       with_text("霸下通用 web 页面-验证码")},
      {"jd-risk-control", "wechat", "jd", "https://cfe.m.jd.com/privatedomain/risk_handler/03101900/?returnurl=x",
       with_text("")},
      {"pinduoduo-risk-control", "qq", "pinduoduo",
       "https://mobile.yangkeduo.com/psnl_verification.html?VerifyAuthToken=x", with_text("")},
      {"xiaohongshu-risk-control", "wechat", "xiaohongshu",
       "https://www.xiaohongshu.com/website-login/captcha?redirectPath=x", with_text("")},
      {"zhihu-risk-control", "wechat", "zhihu", "https://www.zhihu.com/account/unhuman?type=unhuman", with_text("")},
      {"douyin-risk-control", "wechat", "douyin", "https://www.iesdouyin.com/share/video/1",
       with_text("", "验证码中间页")},
      {"taobao-login", "wechat", "taobao", "https://login.m.taobao.com/login.htm?redirectURL=x", with_text("")},
      {"xianyu-login", "wechat", "xianyu", "https://passport.goofish.com/mini_login.htm", with_text("")},
      {"jd-login", "wechat", "jd", "https://plogin.m.jd.com/login/login?appid=1", with_text("")},
      {"pinduoduo-login", "wechat", "pinduoduo", "https://mobile.yangkeduo.com/login.html?from=x", with_text("")},
      {"zhihu-login", "wechat", "zhihu", "https://www.zhihu.com/signin?next=x", with_text("")},
      // WeChat's sentence on the target's own page: the target turns WeChat's users away.
      {"imitated-stop-page", "wechat", "taobao", "https://item.taobao.com/item.htm?id=1",
       with_text("已停止访问该网页")},
      {"open-in-browser-wording", "wechat", "taobao", "https://item.taobao.com/item.htm?id=1",
       with_text("请点击右上角 ··· 选择 在浏览器打开")},
      {"text-to-copy", "wechat", "taobao", "https://item.taobao.com/item.htm?id=1",
       with_text("复制 ￥AbCd1234efg￥ 打开淘宝")},
      // No rule: an item that can be bought, whatever code for sharing it holds.
      {"", "wechat", "taobao", "https://item.taobao.com/item.htm?id=1", with_text("商品 加入购物车 立即购买")},
      {"", "wechat", "taobao", "https://item.taobao.com/item.htm?id=1",
       with_text("加入购物车 立即购买 分享 ￥AbCd1234efg￥")},
      // The sentence on a taken-down article of an official account speaks of that article.
      {"", "wechat", "taobao", "https://mp.weixin.qq.com/s/KNIMdROilYYR6S1o7xze1g", with_text("已停止访问该网页")},
      // Another host app's stop page says nothing of this one's, and the control leg has no host app.
      {"", "", "taobao", weixin110, with_cgi_data("block", "已停止访问该网页")},
      // The name of a path on another host.
      {"", "wechat", "jd", "https://item.jd.com/privatedomain/risk_handler", with_text("")},
  };
  return all;
}

TEST(BuiltInRules, EachPageIsDecidedByItsRule) {
  const probes::Classifier classifier(knowledge_of(*load({})));
  for (const Page& page : pages()) {
    const auto facts = std::make_shared<const probes::PageFacts>(probes::read_page(page.body, "text/html; charset=utf-8"));
    const auto hit = classifier.match({page.url, 200, {}, facts, ""}, page.host, page.platform);
    EXPECT_EQ(hit ? hit->rule->id : "", page.rule) << page.url << "\n" << page.body;
  }
}

TEST(BuiltInRules, EachHasAPage) {
  std::set<std::string> shown;
  for (const Page& page : pages()) shown.insert(page.rule);
  const Catalog catalog = *load({});
  for (const probes::Rule& rule : catalog.rules) EXPECT_TRUE(shown.contains(rule.id)) << rule.id;
}

// A refusal by risk control is never taken for a block by the host app, and the reverse.
TEST(BuiltInRules, PagesOfAHostAppAreDecidedByItAlone) {
  const Catalog catalog = *load({});
  for (const probes::Rule& rule : catalog.rules) {
    EXPECT_EQ(rule.by == probes::RuleParty::host, !rule.host.empty()) << rule.id;
    EXPECT_TRUE(rule.host.empty() || rule.platform.empty()) << rule.id;
  }
}

}  // namespace
}  // namespace linkaudit::catalog
