// Legs as they were fetched, in the small world with three rules.
#pragma once

#include <utility>
#include <vector>

#include "tests/probes/page/classifying.h"

namespace linkaudit::probes {

inline constexpr const char* kLink = "https://shop.example/item/1";
inline constexpr const char* kGate = "https://gate.chat.example/?to=1";
inline constexpr const char* kStop = "https://stop.chat.example/page";

inline Classifier world() {
  Knowledge world = small_world();
  Condition stop, risk, login;
  stop.body_any = {"已停止访问该网页"};
  risk.url_path = {"/risk"};
  login.body_any = {"请先登录"};
  world.rules = {rule_of("stop", RuleParty::host, Outcome::blocked, stop),
                 rule_of("risk", RuleParty::platform, Outcome::challenge, risk),
                 rule_of("login", RuleParty::platform, Outcome::login_wall, login)};
  world.rules[0].version = 3;
  return Classifier(std::move(world));
}

inline Exchange answered(const std::string& url, int status,
                         const std::string& html = "<title>t</title><p>content</p>") {
  Exchange exchange;
  exchange.hop.url = url;
  exchange.hop.status = status;
  exchange.body = html;
  exchange.page = std::make_shared<const PageFacts>(read_page(html, "text/html; charset=utf-8"));
  return exchange;
}

inline Exchange file(const std::string& url, const std::string& type) {
  Exchange exchange = answered(url, 200, "\x89 bytes");
  exchange.page.reset();
  exchange.headers = {{"Content-Type", type}};
  return exchange;
}

inline Exchange left(const std::string& url) {
  Exchange exchange;
  exchange.hop.url = url;
  exchange.hop.status = 302;
  exchange.hop.via = "http";
  return exchange;
}

inline Exchange failed(const std::string& url, FailureName name) {
  Exchange exchange;
  exchange.hop.url = url;
  exchange.failure = Failure{};
  exchange.failure->name = name;
  exchange.failure->layer = layer_of(name);
  return exchange;
}

inline LegResult leg_of(std::vector<Exchange> exchanges, const std::string& link = kLink) {
  LegResult leg;
  leg.request.link_url = link;
  leg.request.url = exchanges.empty() ? link : exchanges.front().hop.url;
  leg.request.through_gateway = leg.request.url == kGate;
  if (!exchanges.empty()) leg.failure = exchanges.back().failure;
  leg.exchanges = std::move(exchanges);
  return leg;
}

}  // namespace linkaudit::probes
