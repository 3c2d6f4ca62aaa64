#include <Poco/DigestEngine.h>
#include <fmt/format.h>

#include <charconv>

#include "probes/lab/pages.h"

namespace linkaudit::probes {
namespace {

constexpr std::string_view kPage = "https://weixin110.qq.com/cgi-bin/mmspamsupport-bin/newredirectconfirmcgi";

constexpr std::string_view kStop =
    "网页包含诱导分享、关注等诱导行为内容，被多人投诉，为维护绿色上网环境，已停止访问该网页";
constexpr std::string_view kCopySoft =
    "网页包含诱导分享、关注等诱导行为内容，被多人投诉，请长按网址复制后使用浏览器访问";
constexpr std::string_view kCopy = "非微信官方网页，如需浏览，请长按网址复制后使用浏览器访问";
constexpr std::string_view kConfirm =
    "非微信官方网页，请确认是否继续访问。微信无法确保内容安全性，请注意保护好个人信息";

std::string to_hex(std::string_view text) {
  return Poco::DigestEngine::digestToHex(Poco::DigestEngine::Digest(text.begin(), text.end()));
}

std::string from_hex(std::string_view hex) {
  std::string text;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    unsigned char byte = 0;
    std::from_chars(hex.data() + at, hex.data() + at + 2, byte, 16);
    text += static_cast<char>(byte);
  }
  return text;
}

// As the real pages carry it: JSON whose strings are HTML-entity-encoded, so that no quote or backslash is in them.
std::string entities(std::string_view text) {
  std::string encoded;
  for (const char c : escape_html(text)) {
    if (c == '/')
      encoded += "&#x2f;";
    else
      encoded += c;
  }
  return encoded;
}

std::string json(std::string_view type, std::string_view title, std::string_view text, const std::string& link) {
  const std::string buttons =
      type == "gray" ? fmt::format(R"({{"text":"继续访问","url":"{}"}})", entities(link)) : std::string();
  return fmt::format(R"({{"type":"{}","title":"{}","desc":"{}","url":"{}","btns":[{}],"ret":0}})", type,
                     entities(title), entities(text), entities(link), buttons);
}

std::string in_quotes(std::string_view text) {
  std::string quoted;
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted;
}

LabAnswer scripted(const std::string& statement) {
  return html(fmt::format(
      R"(<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body><div id="app"></div>
<script type="text/javascript">
{}
</script><script src="https://res.wx.qq.com/t/wx_fed/weixin110/static/redirect/index.js"></script></body></html>)",
      statement));
}

LabAnswer worded(std::string_view text, const std::string& link) {
  return html(fmt::format(
      R"(<!DOCTYPE html><html><head><meta charset="utf-8"><title>微信安全</title></head><body>
<h2 class="weui-msg__title">{}</h2><p class="weui-msg__desc">{}</p></body></html>)",
      text, escape_html(link)));
}

}  // namespace

std::string wechat_page_url(Behaviour behaviour, const std::string& link) {
  const std::string code = to_hex(name(behaviour));
  if (behaviour == Behaviour::stop_page_coded) {
    return fmt::format("{}?click={}&bankey={}&midpagecode={}&bancode={}", kPage, code, code, to_hex(link), code);
  }
  const int main_type = behaviour == Behaviour::confirm ? 1 : 2;
  return fmt::format("{}?main_type={}&evil_type=20&source=2&url={}&bancode={}", kPage, main_type,
                     encode_parameter(link), code);
}

LabAnswer wechat_page(const LabRequest& request) {
  const Behaviour behaviour = behaviour_from(from_hex(parameter(request, "bancode"))).value_or(Behaviour::stop_page);
  std::string link = parameter(request, "url");
  if (link.empty()) link = from_hex(parameter(request, "midpagecode"));
  switch (behaviour) {
    case Behaviour::confirm: return scripted("var cgiData = " + json("gray", "将要访问", kConfirm, link) + ";");
    case Behaviour::copy_to_browser: return scripted("var cgiData = " + json("empty", "", kCopy, link) + ";");
    case Behaviour::copy_wording: return worded(kCopySoft, link);
    case Behaviour::stop_page_parsed:
      return scripted("var DATA = JSON.parse(\"" + in_quotes(json("block", "已停止访问该网页", kStop, link)) + "\");");
    default: return scripted("var cgiData = " + json("block", "已停止访问该网页", kStop, link) + ";");
  }
}

}  // namespace linkaudit::probes
