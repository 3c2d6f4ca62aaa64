#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <stdexcept>

#include "probes/lab/pages.h"

namespace linkaudit::probes {
namespace {

std::string page(std::string_view title, std::string_view content, std::string_view head = {}) {
  return fmt::format(
      "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">{}<title>{}</title></head><body>\n{}\n"
      "</body></html>",
      head, escape_html(title), content);
}

// What can be done with the wares, as the buttons say it.
std::string_view buttons_of(Wares wares) {
  switch (wares) {
    case Wares::shop:
      return "<p class=\"price\">128.00</p><a id=\"leftBtn\">加入购物车</a> <a id=\"rightBtn\">立即购买</a>"
             "<p>支付方式：支付宝</p>";
    case Wares::second_hand: return "<p class=\"price\">45.00</p><a>我想要</a>";
    case Wares::group_buying: return "<p class=\"price\">19.90</p><a>单独购买</a> <a>发起拼单</a>";
    case Wares::video: return "<video src=\"/v.mp4\"></video><p>点赞 评论</p>";
    case Wares::note: return "<p>笔记正文</p>";
    case Wares::article: return "<article>正文</article>";
    case Wares::music: return "<ol><li>曲目一</li><li>曲目二</li></ol>";
  }
  return {};
}

// One platform still speaks GBK.
LabAnswer in_gbk(LabAnswer answer) {
  UErrorCode error = U_ZERO_ERROR;
  const auto size = static_cast<std::int32_t>(answer.body.size());
  std::string converted(answer.body.size() + 1, '\0');
  const std::int32_t written = ucnv_convert("gbk", "utf-8", converted.data(), size, answer.body.data(), size, &error);
  if (U_FAILURE(error)) throw std::runtime_error("lab: cannot write GBK");
  converted.resize(static_cast<std::size_t>(written));
  answer.body = std::move(converted);
  answer.content_type = "text/html;charset=GBK";
  return answer;
}

}  // namespace

LabAnswer platform_page(const LabPlatform& platform, const std::string& url) {
  const std::string title = fmt::format("示例内容 - {}", platform.brand);
  const std::string content = fmt::format("<h1>示例内容</h1>{}\n<link rel=\"canonical\" href=\"{}\">",
                                          buttons_of(platform.wares), escape_html(url));
  if (platform.id == "tmall") {
    std::string body = page(title, content);
    const std::string_view utf8 = "\"utf-8\"";
    body.replace(body.find(utf8), utf8.size(), "\"gbk\"");
    return in_gbk(html(std::move(body)));
  }
  return html(page(title, content));
}

LabAnswer home_page(const LabPlatform& platform) {
  return html(page(fmt::format("{} 首页", platform.brand), "<h1>首页</h1><ul><li>推荐</li><li>分类</li></ul>"));
}

LabAnswer login_page(const LabPlatform& platform) {
  return html(page(fmt::format("{} 登录", platform.brand),
                   fmt::format("<h1>登录{}</h1><form><input name=\"phone\" placeholder=\"手机号\">"
                               "<input type=\"password\" name=\"password\"><button>登录</button></form>",
                               platform.brand)));
}

LabAnswer captcha_page(const LabPlatform& platform) {
  if (platform.id == "douyin") return html(page("验证码中间页", "<div id=\"captcha_container\"></div>"));
  const std::string_view note = platform.captcha.ends_with("punish")
                                    ? "<!-- 霸下通用 web 页面-验证码 --><div id=\"nocaptcha\"></div>"
                                      "<script>window._config_ = {\"action\": \"captcha\"};</script>"
                                    : "<div id=\"captcha\"></div>";
  return html(page("验证", fmt::format("<p>请完成验证后继续访问</p>{}", note)));
}

LabAnswer short_link_page(const Site& site) {
  if (site.via == "http") return redirect_to(std::string(site.to));
  if (site.via == "meta") {
    return html(page("", "", fmt::format("<meta http-equiv=\"refresh\" content=\"0;url={}\">", escape_html(site.to))));
  }
  return html(page("", fmt::format("<script>window.location.replace(\"{}\");</script>", site.to)));
}

LabAnswer browser_prompt_page(const LabPlatform& platform) {
  return html(page(platform.brand, "<div class=\"guide\"><p>请点击右上角</p><p>选择在浏览器打开</p></div>"));
}

LabAnswer text_token_page(const LabPlatform& platform, const std::string& url) {
  const std::string app =
      platform.wares == Wares::video ? "复制打开抖音，看看【示例内容】" : "复制这段话后打开手机淘宝";
  return html(page(platform.brand,
                   fmt::format("<p>{}</p><p>￥CzeRdkYp5mQ￥ {}</p><button>复制口令</button>", app, escape_html(url))));
}

LabAnswer app_jump_page(const LabPlatform& platform, const std::string& url) {
  return html(
      page("", fmt::format("<script>window.location.href = \"{}{}\";</script>", platform.app, encode_parameter(url))));
}

LabAnswer stop_copy_page() {
  return html(page("",
                   "<h2 class=\"weui-msg__title\">已停止访问该网页</h2>"
                   "<p class=\"weui-msg__desc\">为维护绿色上网环境，请使用浏览器打开</p>"));
}

}  // namespace linkaudit::probes
