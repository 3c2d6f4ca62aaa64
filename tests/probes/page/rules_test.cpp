// Rules: what each condition asks, exceptions first, first match wins, the page's host before everything.
#include <gtest/gtest.h>

#include "tests/probes/page/classifying.h"

namespace linkaudit::probes {
namespace {

// The id of the rule that matches; "" for none.
std::string matched(const Classifier& classifier, const SeenPage& page, const std::string& host = "",
                    const std::string& platform = "shop") {
  const auto hit = classifier.match(page, host, platform);
  return hit ? hit->rule->id : "";
}

// Behind so many rules that ask for phrases which are not there.
bool holds_behind(int others, const Condition& condition, const Fetched& page) {
  Knowledge world = small_world();
  world.rules.clear();
  for (int number = 0; number < others; ++number) {
    Condition other;
    other.body_any = {"phrase number " + std::to_string(number)};
    world.rules.push_back(rule_of("other", RuleParty::platform, Outcome::blocked, other));
  }
  world.rules.push_back(rule_of("r", RuleParty::platform, Outcome::blocked, condition));
  return matched(Classifier(std::move(world)), page.seen()) == "r";
}

bool holds(const Condition& condition, const Fetched& page) {
  const bool alone = holds_behind(0, condition, page);
  for (const int others : {7, 8, 30}) EXPECT_EQ(holds_behind(others, condition, page), alone) << others;
  return alone;
}

struct Row {
  const char* why;
  Condition condition;
  Fetched page;
  bool holds;
};

Condition condition(const std::function<void(Condition&)>& fill) {
  Condition made;
  fill(made);
  return made;
}

TEST(Condition, EachKeyAsksItsOwnQuestion) {
  const Fetched page("https://www.shop.example/a/b?c=d", "<title>商品 详情</title><p>请<b>完成</b>验证<!-- 霸下 -->");
  Fetched with_header = page;
  with_header.headers = {{"X-Risk", "level=9"}, {"x-other", "1"}};
  const Row table[] = {
      {"its host", condition([](auto& c) { c.url_host = {"www.shop.example"}; }), page, true},
      {"a domain above", condition([](auto& c) {
         c.url_host = {"nobody.example", "Shop.Example"};
       }),
       page, true},
      {"no part of a name", condition([](auto& c) { c.url_host = {"hop.example"}; }), page, false},
      {"a path's beginning", condition([](auto& c) {
         c.url_path = {"/x", "/a/"};
       }),
       page, true},
      {"not a path's middle", condition([](auto& c) { c.url_path = {"/b"}; }), page, false},
      {"the whole URL", condition([](auto& c) { c.url = {"https://www.shop.example/a/b?c=d"}; }), page, true},
      {"not its beginning", condition([](auto& c) { c.url = {"https://www.shop.example/a/b"}; }), page, false},
      {"a pattern in the URL", condition([](auto& c) { c.url_regex = "[?&]c=d(&|$)"; }), page, true},
      {"none in it", condition([](auto& c) { c.url_regex = "^/a"; }), page, false},
      {"one of the phrases", condition([](auto& c) {
         c.body_any = {"x", "请完成验证"};
       }),
       page, true},
      {"a phrase of the source", condition([](auto& c) { c.body_any = {"<!-- 霸下"}; }), page, true},
      {"a phrase of the title", condition([](auto& c) { c.body_any = {"商品 详情"}; }), page, true},
      {"a phrase is no pattern", condition([](auto& c) { c.body_any = {"请.成"}; }), page, false},
      {"all phrases", condition([](auto& c) {
         c.body_all = {"请完成", "验证"};
       }),
       page, true},
      {"all but one", condition([](auto& c) {
         c.body_all = {"请完成", "登录"};
       }),
       page, false},
      {"a pattern in the body", condition([](auto& c) { c.body_regex = "请完.验证"; }), page, true},
      {"none in the body", condition([](auto& c) { c.body_regex = "^验证$"; }), page, false},
      {"a pattern in the title", condition([](auto& c) { c.title_regex = "^商品"; }), page, true},
      {"a pattern not in the title", condition([](auto& c) { c.title_regex = "验证"; }), page, false},
      {"a status", condition([](auto& c) {
         c.status = {404, 200};
       }),
       page, true},
      {"another status", condition([](auto& c) { c.status = {404}; }), page, false},
      {"a header", condition([](auto& c) {
         c.header = HeaderCondition{"x-risk", "^level=[5-9]$"};
       }),
       with_header, true},
      {"a header that is there", condition([](auto& c) {
         c.header = HeaderCondition{"X-OTHER", ""};
       }),
       with_header, true},
      {"a header's other value", condition([](auto& c) {
         c.header = HeaderCondition{"x-risk", "level=1"};
       }),
       with_header, false},
      {"no such header", condition([](auto& c) {
         c.header = HeaderCondition{"x-risk", ""};
       }),
       page, false},
      {"all keys together", condition([](auto& c) {
         c.url_host = {"shop.example"};
         c.status = {200};
         c.body_any = {"验证"};
       }),
       page, true},
      {"all keys but one", condition([](auto& c) {
         c.url_host = {"shop.example"};
         c.status = {302};
         c.body_any = {"验证"};
       }),
       page, false},
  };
  for (const Row& row : table) EXPECT_EQ(holds(row.condition, row.page), row.holds) << row.why;
}

TEST(Condition, JsonFieldsAreReadByPath) {
  const Fetched page(
      "https://shop.example/",
      R"(<script>var cgiData={"type":"block","btns":[{"url":"u"}],"text":"&#24050;&#20572;&#27490;"}</script>)");
  const std::tuple<const char*, const char*, const char*, bool> table[] = {
      {"cgiData", "type", "block", true},   {"cgiData", "type", "gray", false},
      {"cgiData", "type", "", true},        {"cgiData", "btns[0].url", "u", true},
      {"cgiData", "btns.0.url", "u", true}, {"cgiData", "btns[1].url", "u", false},
      {"cgiData", "ret", "", false},        {"DATA", "type", "block", false},
  };
  for (const auto& [variable, field, value, expected] : table) {
    Condition asked;
    asked.json = JsonCondition{variable, field, value};
    EXPECT_EQ(holds(asked, page), expected) << variable << "." << field << "=" << value;
  }
  Condition phrase;
  phrase.body_any = {"已停止"};
  EXPECT_TRUE(holds(phrase, page)) << "a phrase that the page carries encoded";
}

TEST(Condition, WithoutAPageOnlyUrlStatusAndHeadersCount) {
  Knowledge world = small_world();
  Condition body, url;
  body.body_any = {"x"};
  url.url_path = {"/a"};
  world.rules = {rule_of("body", RuleParty::platform, Outcome::blocked, body),
                 rule_of("url", RuleParty::platform, Outcome::challenge, url)};
  const Classifier classifier(std::move(world));
  EXPECT_EQ(matched(classifier, {"https://shop.example/a", 302, {}, nullptr, ""}), "url");
}

TEST(Rules, ExceptionsAreTriedBeforeTheRule) {
  Knowledge world = small_world();
  Rule rule = rule_of("r", RuleParty::platform, Outcome::blocked, {});
  rule.when.body_any = {"停止访问"};
  Condition first, second;
  first.body_any = {"如何处理"};
  second.url_path = {"/help"};
  rule.not_if = {first, second};
  world.rules = {rule};
  const Classifier classifier(std::move(world));
  EXPECT_EQ(matched(classifier, Fetched("https://shop.example/", "停止访问").seen()), "r");
  EXPECT_EQ(matched(classifier, Fetched("https://shop.example/", "停止访问：如何处理").seen()), "");
  EXPECT_EQ(matched(classifier, Fetched("https://shop.example/help", "停止访问").seen()), "");
}

TEST(Rules, FirstMatchWins) {
  Knowledge world = small_world();
  Condition a, b;
  a.body_any = {"甲"};
  b.body_any = {"乙"};
  world.rules = {rule_of("first", RuleParty::platform, Outcome::blocked, a),
                 rule_of("second", RuleParty::platform, Outcome::challenge, b),
                 rule_of("third", RuleParty::platform, Outcome::login_wall, a)};
  const Classifier classifier(std::move(world));
  EXPECT_EQ(matched(classifier, Fetched("https://shop.example/", "乙甲").seen()), "first");
  EXPECT_EQ(matched(classifier, Fetched("https://shop.example/", "乙").seen()), "second");
}

// One sentence begins two pages of different meaning: the ending tells them apart.
TEST(Rules, SentenceSharedByTwoOutcomesIsToldByItsEnding) {
  Knowledge world = small_world();
  const std::string shared = "网页包含诱导分享、关注等诱导行为内容，被多人投诉，";
  Condition copy, stop;
  copy.body_any = {"请长按网址复制后使用浏览器访问"};
  stop.body_any = {"已停止访问该网页", "被多人投诉"};
  world.rules = {rule_of("copy", RuleParty::host, Outcome::external_browser, copy),
                 rule_of("stop", RuleParty::host, Outcome::blocked, stop)};
  const Classifier classifier(std::move(world));
  const std::string at = "https://stop.chat.example/x";
  EXPECT_EQ(matched(classifier, Fetched(at, shared + "请长按网址复制后使用浏览器访问").seen(), "chat"), "copy");
  EXPECT_EQ(matched(classifier, Fetched(at, shared + "为维护绿色上网环境，已停止访问该网页").seen(), "chat"), "stop");
}

struct WhoseRow {
  const char* why;
  const char* url;
  const char* host;
  const char* expected;
};

TEST(Rules, PagesHostDecidesFirst) {
  Knowledge world = small_world();
  Condition stop;
  stop.body_any = {"已停止访问该网页"};
  world.rules = {rule_of("by-host", RuleParty::host, Outcome::blocked, stop),
                 rule_of("by-platform", RuleParty::platform, Outcome::blocked, stop)};
  const Classifier classifier(std::move(world));
  const WhoseRow table[] = {
      {"the host app's own page", "https://stop.chat.example/", "chat", "by-host"},
      {"the sentence on the platform's page", "https://shop.example/", "chat", "by-platform"},
      {"... or on anybody else's", "https://other.example/", "chat", "by-platform"},
      {"another host app's page", "https://feed.example/", "chat", ""},
      {"the control leg knows no host app", "https://stop.chat.example/", "", ""},
      {"the control leg on the platform's page", "https://shop.example/", "", "by-platform"},
      {"a name that only ends alike", "https://evilstop.chat.example/", "chat", "by-platform"},
  };
  for (const WhoseRow& row : table) {
    EXPECT_EQ(matched(classifier, Fetched(row.url, "已停止访问该网页").seen(), row.host), row.expected) << row.why;
  }
}

TEST(Rules, OfOneHostAppOrPlatformAreForItAlone) {
  Knowledge world = small_world();
  Rule chat = rule_of("chat", RuleParty::host, Outcome::blocked, {});
  chat.when.url_path = {"/"};
  Rule feed = chat;
  feed.id = "feed";
  chat.host = "chat";
  feed.host = "feed";
  Rule video = rule_of("video", RuleParty::platform, Outcome::login_wall, {});
  video.when.url_path = {"/"};
  video.platform = "video";
  world.rules = {feed, chat, video};
  const Classifier classifier(std::move(world));
  EXPECT_EQ(matched(classifier, Fetched("https://stop.chat.example/").seen(), "chat"), "chat");
  EXPECT_EQ(matched(classifier, Fetched("https://feed.example/").seen(), "feed"), "feed");
  EXPECT_EQ(matched(classifier, Fetched("https://shop.example/").seen(), "chat", "shop"), "");
  EXPECT_EQ(matched(classifier, Fetched("https://video.example/").seen(), "chat", "video"), "video");
  EXPECT_EQ(matched(classifier, Fetched("https://video.example/").seen(), "", "video"), "video");
}

TEST(Rules, BadPatternIsRefusedWithItsRule) {
  for (const char* key : {"url", "title", "body", "header"}) {
    Knowledge world = small_world();
    Rule rule = rule_of("broken", RuleParty::platform, Outcome::blocked, {});
    if (key == std::string("url")) rule.when.url_regex = "(";
    if (key == std::string("title")) rule.when.title_regex = "[";
    if (key == std::string("body")) rule.when.body_regex = "a{2,1}";
    if (key == std::string("header")) rule.when.header = HeaderCondition{"x", "*"};
    world.rules = {rule};
    try {
      const Classifier classifier(std::move(world));
      ADD_FAILURE() << key;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find("broken"), std::string::npos) << error.what();
    }
  }
}

TEST(Rules, ClassifierMayBeMoved) {
  Knowledge world = small_world();
  Condition any;
  any.url_path = {"/"};
  world.rules = {rule_of("r", RuleParty::platform, Outcome::blocked, any)};
  Classifier first(std::move(world));
  const Classifier second(std::move(first));
  EXPECT_EQ(matched(second, Fetched("https://shop.example/").seen()), "r");
  EXPECT_EQ(second.owner_of("https://s.example/").platform, "shop");
}

// What was found in a page's text is remembered; what else a rule asks is not of the text.
TEST(Rules, OfASharedPageAreAskedForEachAnswerAnew) {
  Condition stopped;
  stopped.body_any = {"stopped"};
  stopped.status = {403};
  const Classifier classifier(Knowledge{{}, {}, {rule_of("stop", RuleParty::platform, Outcome::blocked, stopped)}});
  Fetched page("https://shop.example/a", "<p>stopped");
  EXPECT_EQ(matched(classifier, page.seen()), "");
  page.status = 403;
  EXPECT_EQ(matched(classifier, page.seen()), "stop");
  EXPECT_EQ(matched(classifier, Fetched("https://shop.example/a", "<p>open", 403).seen()), "");
  EXPECT_EQ(matched(classifier, page.seen()), "stop");
}

TEST(Rules, ManyPagesInTurnAreEachJudgedByTheirOwnText) {
  Condition odd;
  odd.body_regex = "number [0-9]*[13579]\\b";
  const Classifier classifier(Knowledge{{}, {}, {rule_of("odd", RuleParty::platform, Outcome::blocked, odd)}});
  for (std::size_t number = 0; number < 2 * 512 + 10; ++number) {
    const Fetched page("https://shop.example/a", "<p>number " + std::to_string(number));
    for (int look = 0; look < 2; ++look) EXPECT_EQ(matched(classifier, page.seen()), number % 2 == 1 ? "odd" : "");
  }
}

}  // namespace
}  // namespace linkaudit::probes
