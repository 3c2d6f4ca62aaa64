#include "probes/lab/world.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <array>

namespace linkaudit::probes {

std::string client_of(std::string_view user_agent) {
  struct Token {
    std::string_view text;
    const char* host;
  };
  constexpr std::array tokens = {
      Token{"MicroMessenger/", "wechat"}, Token{" QQ/", "qq"},
      Token{"__weibo__", "weibo"},        Token{"Weibo (", "weibo"},
      Token{"DingTalk/", "dingtalk"},     Token{" Lark/", "feishu"},
      Token{" aweme_", "douyin"},
  };
  std::string client = "browser";
  std::size_t last = 0;
  for (const Token& token : tokens) {
    const std::size_t at = user_agent.rfind(token.text);
    if (at == std::string_view::npos || at < last) continue;
    last = at;
    client = token.host;
  }
  return client;
}

std::optional<LabRequest> request_for(const std::string& url) {
  try {
    const Poco::URI uri(url);
    if (uri.getHost().empty()) return std::nullopt;
    return LabRequest{uri.getScheme(), uri.getHost(), uri.getPath(), uri.getRawQuery(), ""};
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

std::string parameter(const LabRequest& request, std::string_view name) {
  std::string_view rest = request.query;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    if (!pair.starts_with(name) || pair.substr(name.size(), 1) != "=") continue;
    try {
      std::string value;
      Poco::URI::decode(std::string(pair.substr(name.size() + 1)), value);
      return value;
    } catch (const Poco::Exception&) {
      return {};
    }
  }
  return {};
}

std::optional<GatewayCall> gateway_call(const LabRequest& request) {
  if (request.host != "mp.weixinbridge.com" || request.path != "/mp/wapredirect") return std::nullopt;
  const std::string context = parameter(request, "lab_context");
  return GatewayCall{"wechat", context.empty() ? "" : "wechat/" + context, parameter(request, "url")};
}

}  // namespace linkaudit::probes
