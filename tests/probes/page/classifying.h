// A small world to classify pages in, and pages of it.
#pragma once

#include <memory>
#include <string>

#include "probes/classify.h"
#include "probes/page/reader.h"

namespace linkaudit::probes {

// A page as fetched; keeps alive what a SeenPage points to.
struct Fetched {
  explicit Fetched(std::string at, std::string html = "", int code = 200)
      : url(std::move(at)),
        facts(std::make_shared<const PageFacts>(read_page(html, "text/html; charset=utf-8"))),
        status(code) {}

  SeenPage seen() const { return {url, status, headers, facts, ""}; }

  std::string url;
  std::shared_ptr<const PageFacts> facts;
  int status;
  Headers headers;
};

inline Rule rule_of(std::string id, RuleParty by, Outcome outcome, Condition when) {
  Rule rule;
  rule.id = std::move(id);
  rule.by = by;
  rule.outcome = outcome;
  rule.when = std::move(when);
  return rule;
}

// Host apps "chat" (stop.chat.example) and "feed" (feed.example), platforms "shop" and "video".
inline Knowledge small_world() {
  Knowledge world;
  world.hosts = {{"chat", {"stop.chat.example", "gate.chat.example"}}, {"feed", {"feed.example"}}};
  PlatformSigns shop;
  shop.id = "shop";
  shop.domains = {"shop.example", "s.example"};
  shop.shapes = {"^https?://shop\\.example/item/[0-9]+"};
  shop.markers.detail = {"加入购物车", "url:^https://shop\\.example/item/[0-9]+\\?shown"};
  shop.markers.add_to_cart = {"加入购物车"};
  PlatformSigns video;
  video.id = "video";
  video.domains = {"video.example"};
  world.platforms = {shop, video};
  return world;
}

}  // namespace linkaudit::probes
