#include "probes/lab/play.h"

namespace linkaudit::probes {
namespace {

LabAnswer line(LabAnswer::Line kind) {
  LabAnswer answer;
  answer.line = kind;
  return answer;
}

LabAnswer failed(int status, std::string_view text) {
  return html("<html><head><title>" + std::string(text) + "</title></head><body><h1>" + std::string(text) +
                  "</h1></body></html>",
              status);
}

// A path of 20 hex digits: nobody has made a page there.
bool leads_nowhere(const LabRequest& request) {
  const std::string_view path = request.path;
  return path.size() == 21 && path.find_first_not_of("0123456789abcdef", 1) == std::string_view::npos;
}

std::string url_of(const LabRequest& request) {
  return request.scheme + "://" + request.host + request.path + (request.query.empty() ? "" : "?" + request.query);
}

LabAnswer gateway(const GatewayCall& call, const LabTable& table, const LabOutage& outage) {
  const auto link = request_for(call.link);
  if (!link) return failed(400, "Bad Request");
  const auto site = site_of(*link);
  const auto row = table.in_force(call.host, call.context, site ? site->platform->id : "");
  const Behaviour behaviour = outage.gateways.value_or(row ? row->behaviour : Behaviour::direct);
  if (!is_the_host_apps(behaviour)) return redirect_to(call.link);
  switch (behaviour) {
    case Behaviour::gateway_error: return failed(502, "Bad Gateway");
    case Behaviour::gateway_reset: return line(LabAnswer::Line::reset);
    case Behaviour::gateway_slow: return line(LabAnswer::Line::hold);
    default: return redirect_to(wechat_page_url(behaviour, call.link));
  }
}

// What happens wherever the request reaches the platform; nothing when only the page itself matters.
std::optional<LabAnswer> on_the_way(Behaviour behaviour) {
  switch (behaviour) {
    case Behaviour::refuse: return failed(403, "403 Forbidden");
    case Behaviour::target_gone: return failed(404, "404 Not Found");
    case Behaviour::target_error: return failed(502, "502 Bad Gateway");
    case Behaviour::target_reset: return line(LabAnswer::Line::reset);
    case Behaviour::target_slow: return line(LabAnswer::Line::hold);
    default: return std::nullopt;
  }
}

LabAnswer with_return(std::string_view address, const std::string& url, std::string_view parameter) {
  return redirect_to(std::string(address) + "?" + std::string(parameter) + "=" + encode_parameter(url));
}

LabAnswer captcha(const LabPlatform& platform, const std::string& url) {
  if (platform.captcha.empty()) return failed(429, "Too Many Requests");
  const bool punish = platform.captcha.ends_with("punish");
  return with_return(platform.captcha, url, punish ? "x5secdata" : "redirectPath");
}

LabAnswer at_the_page(Behaviour behaviour, const LabPlatform& platform, const std::string& url) {
  switch (behaviour) {
    case Behaviour::login_wall: return with_return(platform.login, url, "redirectURL");
    case Behaviour::captcha: return captcha(platform, url);
    case Behaviour::browser_prompt: return browser_prompt_page(platform);
    case Behaviour::text_token: return text_token_page(platform, url);
    case Behaviour::app_jump: return app_jump_page(platform, url);
    case Behaviour::stop_copy: return stop_copy_page();
    default: return platform_page(platform, url);
  }
}

LabAnswer target(const LabRequest& request, const Site& site, const LabTable& table, const LabOutage& outage) {
  const auto row = table.in_force(client_of(request.user_agent), "", site.platform->id);
  const Behaviour behaviour = outage.targets.value_or(row ? row->behaviour : Behaviour::direct);
  if (auto answer = on_the_way(behaviour)) return std::move(*answer);
  if (leads_nowhere(request)) return failed(404, "404 Not Found");
  switch (site.place) {
    case Place::short_link: return short_link_page(site);
    case Place::login: return login_page(*site.platform);
    case Place::captcha: return captcha_page(*site.platform);
    case Place::home:
      if (behaviour == Behaviour::direct || is_the_host_apps(behaviour)) return home_page(*site.platform);
      break;
    case Place::page: break;
  }
  return at_the_page(behaviour, *site.platform, url_of(request));
}

}  // namespace

LabAnswer play(const LabRequest& request, const LabTable& table, const LabOutage& outage) {
  if (request.host.ends_with(kCanaryDomain)) {
    return outage.canaries ? line(LabAnswer::Line::reset) : html("ok");
  }
  if (const auto call = gateway_call(request)) return gateway(*call, table, outage);
  if (request.host == "weixin110.qq.com") return wechat_page(request);
  if (auto page = interstitial(request)) return std::move(*page);
  if (const auto site = site_of(request)) return target(request, *site, table, outage);
  if (leads_nowhere(request)) return failed(404, "404 Not Found");
  return html("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>" + escape_html(request.host) +
              "</title></head><body><h1>" + escape_html(request.host) + "</h1></body></html>");
}

}  // namespace linkaudit::probes
