// A leg judged by itself: how it ended, by which rule, with which facts.
#include <gtest/gtest.h>

#include "tests/probes/page/fetched_legs.h"

namespace linkaudit::probes {
namespace {

LegVerdict judged(const LegResult& leg, const std::string& host = "chat", const std::string& platform = "shop") {
  static const Classifier classifier = world();
  return judge_leg(classifier, leg, host, platform);
}

std::string outcome_of(const LegVerdict& verdict) {
  return verdict.outcome ? std::string(name(*verdict.outcome)) : "";
}

struct Row {
  const char* why;
  std::vector<Exchange> exchanges;
  LegEnd end;
  const char* outcome;
  const char* rule;
};

TEST(JudgeLeg, EndsByRuleThenByShapeThenByStatus) {
  const std::string jump = "<script>location.href='shop://item'</script><p>正在打开</p>";
  const std::string stopped = "<p>已停止访问该网页</p>";
  const Row table[] = {
      {"the platform's page", {answered(kLink, 200)}, LegEnd::served, "", ""},
      {"behind a redirect", {left(kLink), answered("https://www.shop.example/x", 203)}, LegEnd::served, "", ""},
      {"a stop page", {left(kGate), answered(kStop, 200, stopped)}, LegEnd::stopped, "blocked", "stop"},
      {"a stop page with an error status",
       {left(kGate), answered(kStop, 403, stopped)},
       LegEnd::stopped,
       "blocked",
       "stop"},
      {"the gateway itself says stop", {answered(kGate, 200, stopped)}, LegEnd::stopped, "blocked", "stop"},
      {"the sentence on the platform's page", {answered(kLink, 200, stopped)}, LegEnd::served, "", ""},
      {"a platform's rule", {answered(kLink, 200, "请先登录")}, LegEnd::refused, "login_wall", "login"},
      {"a platform's rule over its status",
       {answered("https://shop.example/risk", 503)},
       LegEnd::refused,
       "challenge",
       "risk"},
      {"a rule passed on the way is none",
       {left("https://shop.example/risk"), answered(kLink, 200)},
       LegEnd::served,
       "",
       ""},
      {"only a jump into an app", {answered(kLink, 200, jump)}, LegEnd::refused, "app_jump", "builtin-app-jump"},
      {"a jump on the host app's page", {answered(kStop, 200, jump)}, LegEnd::stopped, "app_jump", "builtin-app-jump"},
      {"a jump beside the content", {answered(kLink, 200, jump + std::string(400, 'x'))}, LegEnd::served, "", ""},
      {"unauthorised", {answered(kLink, 401)}, LegEnd::refused, "", ""},
      {"forbidden", {answered(kLink, 403)}, LegEnd::refused, "", ""},
      {"a rate limit", {answered(kLink, 429)}, LegEnd::refused, "challenge", "builtin-rate-limit"},
      {"for legal reasons", {answered(kLink, 451)}, LegEnd::refused, "", ""},
      {"not found", {answered(kLink, 404)}, LegEnd::down, "", ""},
      {"gone", {answered(kLink, 410)}, LegEnd::down, "", ""},
      {"a server's error", {answered(kLink, 500)}, LegEnd::down, "", ""},
      {"unavailable", {answered(kLink, 503)}, LegEnd::down, "", ""},
      {"another client error is no word", {answered(kLink, 418)}, LegEnd::served, "", ""},
      {"nor is a redirect without a place", {answered(kLink, 304)}, LegEnd::served, "", ""},
      {"the network", {failed(kLink, FailureName::tcp_reset)}, LegEnd::down, "", ""},
      {"a certificate", {failed(kLink, FailureName::tls_expired)}, LegEnd::down, "", ""},
      {"a body that cannot be decoded", {failed(kLink, FailureName::decode_error)}, LegEnd::down, "", ""},
      {"a failure that nobody can name", {failed(kLink, FailureName::unknown_failure)}, LegEnd::limit, "", ""},
      {"the app, to be installed",
       {file(kLink, "application/vnd.android.package-archive")},
       LegEnd::refused,
       "app_jump",
       "builtin-app-download"},
      {"the same by its name",
       {file("https://shop.example/App.APK", "application/octet-stream")},
       LegEnd::refused,
       "app_jump",
       "builtin-app-download"},
      {"another file", {file(kLink, "application/pdf")}, LegEnd::served, "", ""},
      {"too many redirects", {failed(kLink, FailureName::too_many_redirects)}, LegEnd::limit, "", ""},
      {"too large", {failed(kLink, FailureName::body_too_large)}, LegEnd::limit, "", ""},
      {"a refused address", {failed(kLink, FailureName::refused_address)}, LegEnd::limit, "", ""},
  };
  for (const Row& row : table) {
    const LegVerdict verdict = judged(leg_of(row.exchanges));
    EXPECT_EQ(name(verdict.end), name(row.end)) << row.why;
    EXPECT_EQ(outcome_of(verdict), row.outcome) << row.why;
    EXPECT_EQ(verdict.rule.id, row.rule) << row.why;
    const bool failed_end = verdict.end == LegEnd::down || verdict.end == LegEnd::limit;
    EXPECT_TRUE(!failed_end || verdict.failure.has_value()) << row.why;
  }
}

TEST(JudgeLeg, RuleIsNamedWithItsVersion) {
  const LegVerdict verdict = judged(leg_of({answered(kStop, 200, "已停止访问该网页")}));
  EXPECT_EQ(verdict.rule, (RuleReference{"stop", 3}));
}

TEST(JudgeLeg, EveryFailureHasAnEnd) {
  for (int value = 0; value <= static_cast<int>(FailureName::unknown_failure); ++value) {
    const auto failure = static_cast<FailureName>(value);
    const LegVerdict verdict = judged(leg_of({failed(kLink, failure)}));
    const Layer layer = layer_of(failure);
    const LegEnd expected = layer == Layer::limit || layer == Layer::unknown ? LegEnd::limit : LegEnd::down;
    EXPECT_EQ(name(verdict.end), name(expected)) << name(failure);
    EXPECT_EQ(name(verdict.failure->name), name(failure));
  }
}

TEST(JudgeLeg, LinkRefusedBeforeAnyPacketIsALimit) {
  LegResult leg = leg_of({});
  leg.failure = Failure{};
  leg.failure->name = FailureName::refused_scheme;
  const LegVerdict verdict = judged(leg);
  EXPECT_EQ(name(verdict.end), "limit");
  EXPECT_EQ(verdict.failed_hop, -1);
  EXPECT_FALSE(verdict.failed_on_host_app);
}

TEST(JudgeLeg, StatusWithoutARuleIsKeptAsAFailure) {
  const LegVerdict verdict = judged(leg_of({left(kLink), answered("https://shop.example/x", 404)}));
  ASSERT_TRUE(verdict.failure.has_value());
  EXPECT_EQ(verdict.failure->name, FailureName::http_status);
  EXPECT_EQ(verdict.failure->code, 404);
  EXPECT_EQ(verdict.failure->hop, 1);
  EXPECT_EQ(verdict.failed_hop, 1);
  EXPECT_FALSE(judged(leg_of({answered(kLink, 200, "请先登录")})).failure.has_value());
}

struct HopRow {
  const char* why;
  std::vector<Exchange> exchanges;
  const char* host;
  bool on_host_app;
};

TEST(JudgeLeg, HopThatFailedIsTheHostAppsOrNot) {
  const HopRow table[] = {
      {"the gateway", {failed(kGate, FailureName::tcp_reset)}, "chat", true},
      {"the gateway by status", {answered(kGate, 502)}, "chat", true},
      {"the stop page's host", {left(kGate), failed(kStop, FailureName::http_timeout)}, "chat", true},
      {"the target behind the gateway", {left(kGate), failed(kLink, FailureName::tcp_reset)}, "chat", false},
      {"the target by status", {left(kGate), answered(kLink, 502)}, "chat", false},
      {"another host app's", {failed("https://feed.example/", FailureName::tcp_reset)}, "chat", false},
      {"the control leg", {failed(kStop, FailureName::tcp_reset)}, "", false},
  };
  for (const HopRow& row : table) {
    const LegVerdict verdict = judged(leg_of(row.exchanges), row.host);
    EXPECT_EQ(verdict.failed_on_host_app, row.on_host_app) << row.why;
    EXPECT_EQ(verdict.failed_hop, static_cast<int>(row.exchanges.size()) - 1) << row.why;
  }
  // A gateway's own hop is the host app's, whatever its domain.
  LegResult leg = leg_of({failed("https://gateway.elsewhere.example/", FailureName::tcp_reset)});
  leg.request.through_gateway = true;
  EXPECT_TRUE(judged(leg).failed_on_host_app);
}

struct ServedRow {
  const char* why;
  LegResult leg;
  const char* platform;
  bool unknown;
};

TEST(JudgeLeg, ServedIsAPageOfThePlatform) {
  const ServedRow table[] = {
      {"its domain", leg_of({answered("https://s.example/1", 200)}), "shop", false},
      {"another platform's", leg_of({answered("https://video.example/1", 200)}), "shop", true},
      {"nobody's", leg_of({answered("https://other.example/", 200)}), "shop", true},
      {"the host app's, without a rule", leg_of({answered(kStop, 200)}), "shop", true},
      {"another host app's", leg_of({answered("https://feed.example/", 200)}), "shop", true},
      {"the link's own host", leg_of({answered("https://x.example/2", 200)}, "https://x.example/1"), "shop", false},
      {"of no known platform: its domain", leg_of({answered("https://b.x.co.uk/", 200)}, "https://a.x.co.uk/"), "",
       false},
      {"of no known platform: elsewhere", leg_of({answered("https://y.co.uk/", 200)}, "https://a.x.co.uk/"), "", true},
      {"the host app's own article", leg_of({answered(kStop, 200)}, kStop), "", false},
      {"a page beside the host app's article", leg_of({answered("https://gate.chat.example/x", 200)}, kStop), "", true},
      {"the gateway answers itself", leg_of({answered(kGate, 200)}), "shop", true},
  };
  for (const ServedRow& row : table) {
    const LegVerdict verdict = judged(row.leg, "chat", row.platform);
    EXPECT_EQ(name(verdict.end), "served") << row.why;
    EXPECT_EQ(verdict.unknown_page, row.unknown) << row.why;
    EXPECT_EQ(gateway_works(verdict), !row.unknown) << row.why;
    EXPECT_EQ(control_outcome(verdict), row.unknown ? std::nullopt : std::optional(Outcome::direct)) << row.why;
  }
}

TEST(JudgeLeg, DetailIsAMarkerOnTheServedPage) {
  const std::string content = "<title>Tea</title><p>加入购物车</p>";
  EXPECT_TRUE(judged(leg_of({answered(kLink, 200, content)})).detail);
  EXPECT_TRUE(judged(leg_of({answered("https://shop.example/item/1?shown", 200)})).detail);
  EXPECT_FALSE(judged(leg_of({answered(kLink, 200)})).detail);
  EXPECT_FALSE(judged(leg_of({answered("https://other.example/", 200, content)})).detail);
  EXPECT_FALSE(judged(leg_of({answered(kLink, 403, content)})).detail);
  EXPECT_FALSE(judged(leg_of({answered(kLink, 200, content)}), "chat", "video").detail);
}

TEST(JudgeLeg, NothingShownIsEmptyOrBlankOrLeftAtOnce) {
  const std::string clever = "<script>location.href=decode(x)</script>";
  EXPECT_TRUE(judged(leg_of({answered(kLink, 200, "")})).nothing_shown);
  EXPECT_TRUE(judged(leg_of({answered(kLink, 200, clever)})).nothing_shown);
  EXPECT_FALSE(judged(leg_of({answered(kLink, 200, clever + "<p>words</p>")})).nothing_shown);
  EXPECT_TRUE(judged(leg_of({answered(kLink, 200, clever + "<title>Shop</title>")})).nothing_shown);
  EXPECT_TRUE(judged(leg_of({answered(kLink, 200, "<div></div>")})).nothing_shown);
  EXPECT_FALSE(judged(leg_of({answered(kLink, 200, "<title>Shop</title>")})).nothing_shown);
}

TEST(JudgeLeg, FactsAreOfTheLastPageAndOfTheWay) {
  const std::string page = "<p>加入购物车</p><script>if(a)location='/b'</script>";
  const LegVerdict served = judged(leg_of({left(kLink), answered("http://shop.example/x", 200, page)}));
  EXPECT_EQ(served.facts, (std::map<std::string, std::string>{{"add_to_cart", "yes"},
                                                              {"detail", "yes"},
                                                              {"https_downgrade", "yes"},
                                                              {"script_redirect_suspected", "yes"}}));
  const LegVerdict upgraded = judged(leg_of({left("http://shop.example/"), answered(kLink, 200)}));
  EXPECT_TRUE(upgraded.facts.empty());

  // A host app's page stands in front of a target; a shop's words on it are not the shop's.
  const LegVerdict stopped =
      judged(leg_of({left(kGate), answered("https://stop.chat.example/p?url=https%3A%2F%2Fshop.example%2Fitem%2F1", 200,
                                           "<p>已停止访问该网页，不能加入购物车</p>")}));
  EXPECT_EQ(stopped.facts, (std::map<std::string, std::string>{{"target", kLink}}));
}

TEST(JudgeLeg, DowngradeOfTheControlIsAFactOfItsOwn) {
  const LegVerdict down = judged(leg_of({left(kLink), answered("http://shop.example/x", 200)}));
  const LegVerdict straight = judged(leg_of({answered(kLink, 200)}));
  using Facts = std::map<std::string, std::string>;
  EXPECT_EQ(facts_of_legs(down, straight), (Facts{{"control_https_downgrade", "yes"}}));
  EXPECT_EQ(facts_of_legs(straight, down), (Facts{{"https_downgrade", "yes"}}));
  EXPECT_EQ(facts_of_legs(down, down), (Facts{{"control_https_downgrade", "yes"}, {"https_downgrade", "yes"}}));
  EXPECT_EQ(facts_of_legs(straight, straight), Facts{});
}

TEST(JudgeLeg, JumpOnAnotherHostAppsPageIsNoWordOfThePlatform) {
  const std::string jump = "<script>location.href='feed://open'</script><p>opening</p>";
  EXPECT_TRUE(judged(leg_of({answered("https://feed.example/", 200, jump)})).unknown_page);
  EXPECT_TRUE(judged(leg_of({answered(kStop, 200, jump)}), "").unknown_page);
  EXPECT_EQ(name(judged(leg_of({answered("https://nobody.example/", 200, jump)}), "").end), "refused");
}

TEST(JudgeLeg, KeepsWhatALaterComparisonNeeds) {
  const LegVerdict verdict =
      judged(leg_of({left(kLink), answered("https://shop.example/x#top", 200, "<title>Tea</title>")}));
  EXPECT_EQ(verdict.final_url, "https://shop.example/x#top");
  EXPECT_EQ(verdict.title, "Tea");
  EXPECT_EQ(verdict.body_sha256.size(), 64u);
  EXPECT_TRUE(judged(leg_of({failed(kLink, FailureName::dns_nxdomain)})).body_sha256.empty());
  EXPECT_TRUE(judged(leg_of({left(kGate), answered(kLink, 200)})).through_gateway);
  EXPECT_FALSE(verdict.through_gateway);
}

TEST(JudgeLeg, PictureIsShownAndAnotherFileIsNot) {
  for (const auto& [type, shown] : {std::pair{"image/png", true}, {"application/pdf", false}, {"video/mp4", false}}) {
    const LegVerdict verdict = judged(leg_of({file(kLink, type)}));
    EXPECT_EQ(name(verdict.end), "served") << type;
    EXPECT_EQ(verdict.nothing_shown, !shown) << type;
  }
}

// Its status is kept; what it means nobody can say.
TEST(JudgeLeg, StatusThatIsNeitherRefusalNorOutageIsAnUnknownPage) {
  for (const int status : {300, 302, 304, 306, 400, 418, 600, 999}) {
    const LegVerdict verdict = judged(leg_of({answered(kLink, status)}));
    EXPECT_TRUE(verdict.unknown_page) << status;
    EXPECT_EQ(verdict.failure->code, status);
  }
}

TEST(JudgeLeg, JumpByHttpIsAnAppJump) {
  Exchange exchange = left(kLink);
  exchange.hop.via = "";
  PageFacts page;
  page.app_jumps = {"shop://item"};
  exchange.page = std::make_shared<const PageFacts>(page);
  EXPECT_EQ(judged(leg_of({exchange})).rule.id, "builtin-app-jump");
}

TEST(JudgeLeg, SameLegTwiceGivesTheSameVerdict) {
  const LegResult leg = leg_of({left(kLink), answered(kLink, 200, "<p>加入购物车</p>")});
  const LegVerdict first = judged(leg), second = judged(leg);
  EXPECT_EQ(first.facts, second.facts);
  EXPECT_EQ(first.body_sha256, second.body_sha256);
}

}  // namespace
}  // namespace linkaudit::probes
