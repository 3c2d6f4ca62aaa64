#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "probes/lab/pages.h"

namespace linkaudit::probes {
namespace {

struct Interstitial {
  std::string_view host, path, parameter, title, text;
  bool with_button;
};

constexpr std::array kInterstitials = {
    Interstitial{"c.pc.qq.com", "/middlem.html", "pfurl", "QQ安全",
                 "当前网页非官方页面，如需访问，请复制后使用浏览器访问", false},
    Interstitial{"c.pc.qq.com", "/middleb.html", "pfurl", "QQ安全", "如需浏览，请使用浏览器访问", false},
    Interstitial{"c.pc.qq.com", "/ios.html", "url", "QQ安全", "已停止访问该网页", false},
    Interstitial{"c.pc.qq.com", "/pc.html", "url", "QQ安全", "已停止访问该网页", false},
    Interstitial{"weibo.cn", "/sinaurl", "u", "微博", "将要访问", true},
    Interstitial{"security.feishu.cn", "/link/safety", "target", "飞书", "即将离开飞书", true},
    Interstitial{"link.wtturl.cn", "/", "target", "安全提示", "即将离开抖音", true},
    Interstitial{"link.zhihu.com", "/", "target", "知乎", "即将离开知乎，请注意您的帐号和财产安全", true},
};

}  // namespace

std::optional<LabAnswer> interstitial(const LabRequest& request) {
  const auto found = std::ranges::find_if(
      kInterstitials, [&](const Interstitial& page) { return page.host == request.host && page.path == request.path; });
  if (found == kInterstitials.end()) return std::nullopt;
  const std::string link = escape_html(parameter(request, found->parameter));
  const std::string button = found->with_button ? fmt::format("<a class=\"btn\" href=\"{}\">继续访问</a>", link) : "";
  return html(
      fmt::format("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{}</title></head><body><p>{}</p>"
                  "<div id=\"url\">{}</div>{}</body></html>",
                  found->title, found->text, link, button));
}

}  // namespace linkaudit::probes
