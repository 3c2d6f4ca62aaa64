// Legs followed hop by hop.
#include <gtest/gtest.h>

#include "tests/probes/fetch/fetching.h"

namespace linkaudit::probes {
namespace {

TEST(Leg, PageIsFetchedWithItsFacts) {
  ScriptServer server;
  server.on("/item", page("<html><title>商品</title>hello", "X-Thing: a\r\nX-Thing: b\r\n"));
  const LegResult leg = fetch(towards(server), direct("http://item.taobao.com/item?id=1"));
  ASSERT_EQ(leg.exchanges.size(), 1U);
  const Exchange& exchange = leg.exchanges[0];
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(exchange.hop.url, "http://item.taobao.com/item?id=1");
  EXPECT_EQ(exchange.hop.status, 200);
  EXPECT_EQ(exchange.hop.via, "");
  EXPECT_EQ(exchange.hop.address, "127.0.0.1");
  EXPECT_EQ(exchange.hop.http_version, "1.1");
  EXPECT_EQ(exchange.hop.tls_version, "");
  EXPECT_GE(exchange.hop.timing.connect, 0);
  EXPECT_EQ(exchange.hop.timing.tls, -1);
  EXPECT_GE(exchange.hop.timing.first_byte, 0);
  EXPECT_GE(exchange.hop.timing.total, exchange.hop.timing.connect);
  EXPECT_EQ(exchange.body, "<html><title>商品</title>hello");
  EXPECT_EQ(exchange.raw_body, "");
  EXPECT_TRUE(exchange.raw_headers.starts_with("HTTP/1.1 200 OK\r\n")) << exchange.raw_headers;
  EXPECT_EQ(exchange.headers.back(), (std::pair<std::string, std::string>{"X-Thing", "b"}));
  ASSERT_TRUE(exchange.page);
  EXPECT_EQ(exchange.page->title, "商品");
}

TEST(Leg, ClientIdentityIsSent) {
  ScriptServer server;
  server.on("", page("x"));
  LegRequest request = direct("http://a.cn/");
  request.client.user_agent = "MicroMessenger/8.0";
  request.client.headers = {{"X-Requested-With", "com.tencent.mm"},
                            {"Accept-Encoding", "compress"},
                            {"X-Bad", "a\r\nInjected: yes"},
                            {"Host", "other.cn"},
                            {"X-Empty", ""}};
  fetch(towards(server), request);
  ASSERT_EQ(server.requests().size(), 1U);
  const Request seen = server.requests()[0];
  EXPECT_EQ(seen.header("User-Agent"), "MicroMessenger/8.0");
  EXPECT_EQ(seen.header("X-Requested-With"), "com.tencent.mm");
  EXPECT_EQ(seen.header("Accept-Encoding"), "gzip, deflate, br, zstd");
  EXPECT_EQ(seen.host, "a.cn");
  EXPECT_NE(seen.head.find("X-Empty:"), std::string::npos);
  EXPECT_EQ(seen.head.find("Injected"), std::string::npos);
}

TEST(Leg, EveryKindOfRedirectIsFollowed) {
  ScriptServer server;
  server.on("/a", redirect_to("/b", "301 Moved"));
  server.on("/b", redirect_to("//two.cn/c?x=1", "303 See Other"));
  server.on("/c", redirect_to("http://two.cn/d", "307 Temporary"));
  server.on("/d", redirect_to("e f", "308 Permanent"));
  server.on("/e%20f", page("<meta http-equiv=refresh content='0; url=/g'>"));
  server.on("/g", page("<script>location.replace(\"/h\")</script>"));
  server.on("/h", page("moving", "Refresh: 0; url=/i\r\n"));
  server.on("/i", page("arrived"));
  const LegResult leg = fetch(towards(server), direct("http://one.cn/a"));
  EXPECT_EQ(road(leg),
            "http://one.cn/a http, http://one.cn/b http, http://two.cn/c?x=1 http, http://two.cn/d http, "
            "http://two.cn/e%20f meta, http://two.cn/g script, http://two.cn/h refresh, http://two.cn/i");
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_FALSE(leg.exchanges[0].page);
  EXPECT_TRUE(leg.exchanges[4].page);
}

TEST(Leg, RedirectsOfAPageAreRelativeToItsBase) {
  ScriptServer server;
  server.on("/a", page("<base href='http://two.cn/x/y'><meta http-equiv=refresh content='0; url=b'>"));
  server.on("/x/b", page("<base href='/z/'><script>location = 'c'</script>"));
  server.on("/z/c", page("<base href='javascript:1'><script>location = 'd'</script>"));
  server.on("/z/d", page("arrived"));
  const LegResult leg = fetch(towards(server), direct("http://one.cn/a"));
  EXPECT_EQ(road(leg), "http://one.cn/a meta, http://two.cn/x/b script, http://two.cn/z/c script, http://two.cn/z/d");
}

TEST(Leg, PageWithAByteOrderMarkIsReadWithoutAContentType) {
  ScriptServer server;
  server.on("/a", [](Peer& peer, const Request&) {
    const std::string_view bytes("\xFF\xFE<\0t\0i\0t\0l\0e\0>\0h\0i\0", 20);
    peer.answer("200 OK", "", bytes);
  });
  const LegResult leg = fetch(towards(server), direct("http://one.cn/a"));
  ASSERT_TRUE(leg.exchanges.back().page);
  EXPECT_EQ(leg.exchanges.back().page->title, "hi");
}

TEST(Leg, RedirectsAtTheLimitPassAndOneMoreFails) {
  ScriptServer server;
  server.on("", [](Peer& peer, const Request& request) {
    const int left = std::stoi(request.path.substr(1));
    if (left == 0) return page("end")(peer, request);
    redirect_to("/" + std::to_string(left - 1))(peer, request);
  });
  NetworkSettings settings = towards(server);
  settings.max_redirects = 3;
  EXPECT_EQ(failure_name(fetch(settings, direct("http://a.cn/3"))), "");
  const LegResult over = fetch(settings, direct("http://a.cn/4"));
  EXPECT_EQ(failure_name(over), "too_many_redirects");
  EXPECT_EQ(over.exchanges.size(), 4U);
  EXPECT_EQ(over.failure->hop, 3);
  EXPECT_EQ(over.failure->layer, Layer::limit);
  EXPECT_EQ(over.exchanges.back().hop.via, "");
  // The gateway's own hop is not counted.
  EXPECT_EQ(failure_name(fetch(settings, through_gateway("http://gate.cn/4", "http://1.2.3.4/"))), "");
  EXPECT_EQ(failure_name(fetch(settings, through_gateway("http://gate.cn/5", "http://1.2.3.4/"))),
            "too_many_redirects");
  settings.max_redirects = 0;
  EXPECT_EQ(failure_name(fetch(settings, direct("http://a.cn/1"))), "too_many_redirects");
}

TEST(Leg, LoopsEnd) {
  ScriptServer server;
  server.on("/a", redirect_to("/b"));
  server.on("/b", page("<script>location.href='/a'</script>"));
  const LegResult leg = fetch(towards(server), direct("http://a.cn/a"));
  EXPECT_EQ(failure_name(leg), "too_many_redirects");
  EXPECT_EQ(leg.exchanges.size(), 11U);
}

TEST(Leg, PageThatReloadsItselfIsThePage) {
  ScriptServer server;
  server.on("/a", page("<meta http-equiv=refresh content='30; url=/a#top'>news"));
  const LegResult leg = fetch(towards(server), direct("http://a.cn/a"));
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(leg.exchanges.size(), 1U);
}

TEST(Leg, RedirectsWithoutAUsableUrlAreInvalid) {
  for (const std::string location :
       {"http://", "http:///x", "", "http://a b/", "http://[::1", "http://1.2.3.4.5/", "//"}) {
    ScriptServer server;
    server.on("", redirect_to(location));
    const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
    EXPECT_EQ(failure_name(leg), "invalid_redirect") << location;
    EXPECT_EQ(leg.exchanges.size(), 1U) << location;
    EXPECT_EQ(leg.exchanges[0].hop.status, 302) << location;
  }
}

TEST(Leg, RedirectStatusWithoutLocationIsAPage) {
  ScriptServer server;
  server.on("", [](Peer& peer, const Request&) {
    peer.answer("302 Found", "Content-Type: text/html\r\n", "<title>t</title>");
  });
  const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "");
  ASSERT_TRUE(leg.exchanges[0].page);
  EXPECT_EQ(leg.exchanges[0].page->title, "t");
}

TEST(Leg, JumpIntoAnAppEndsTheLegAndIsKept) {
  for (const std::string target : {"taobao://item?id=1", "intent://x#Intent;scheme=taobao;end", "weixin://dl/chat"}) {
    ScriptServer server;
    server.on("", redirect_to(target));
    const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
    EXPECT_EQ(failure_name(leg), "") << target;
    ASSERT_TRUE(leg.exchanges[0].page) << target;
    EXPECT_EQ(leg.exchanges[0].page->app_jumps, std::vector<std::string>{target});
  }
}

TEST(Leg, CookiesStayWithinTheirDomainAndTheLeg) {
  ScriptServer server;
  server.on("/1", [](Peer& peer, const Request&) {
    peer.answer(
        "302 Found",
        "Set-Cookie: own=1\r\nSet-Cookie: wide=2; Domain=taobao.com\r\n"
        "Set-Cookie: top=3; Domain=com\r\nSet-Cookie: alien=4; Domain=evil.cn\r\nLocation: http://b.taobao.com/2\r\n",
        "");
  });
  server.on("/2", redirect_to("http://a.taobao.com/3"));
  server.on("/3", redirect_to("http://evil.cn/4"));
  server.on("/4", redirect_to("http://other.com/5"));
  server.on("", page("end"));
  const NetworkSettings settings = towards(server);
  LegRunner runner(settings, no_names);
  runner.add(direct("http://a.taobao.com/1"), [](const LegResult&) {});
  EXPECT_TRUE(runner.run());
  runner.add(direct("http://a.taobao.com/again"), [](const LegResult&) {});
  EXPECT_TRUE(runner.run());
  std::vector<std::string> cookies;
  for (const Request& request : server.requests()) cookies.push_back(request.header("Cookie"));
  ASSERT_EQ(cookies.size(), 6U);
  EXPECT_EQ(cookies[0], "");
  EXPECT_EQ(cookies[1], "wide=2");
  EXPECT_TRUE(cookies[2] == "own=1; wide=2" || cookies[2] == "wide=2; own=1") << cookies[2];
  EXPECT_EQ(cookies[3], "");
  EXPECT_EQ(cookies[4], "");
  EXPECT_EQ(cookies[5], "");
}

TEST(Leg, CookiesOfAPublicSuffixAreNotTaken) {
  ScriptServer server;
  server.on("/1", [](Peer& peer, const Request&) {
    peer.answer("302 Found",
                "Set-Cookie: suffix=1; Domain=com.cn\r\nSet-Cookie: private=2; Domain=github.io\r\n"
                "Set-Cookie: shop=3; Domain=shop.com.cn\r\nLocation: http://b.shop.com.cn/2\r\n",
                "");
  });
  server.on("/2", redirect_to("http://other.com.cn/3"));
  server.on("/3", [](Peer& peer, const Request&) {
    peer.answer("302 Found", "Set-Cookie: mine=4; Domain=github.io\r\nLocation: http://one.github.io/4\r\n", "");
  });
  server.on("/4", [](Peer& peer, const Request&) {
    peer.answer("302 Found", "Set-Cookie: page=5; Domain=github.io\r\nLocation: http://two.github.io/5\r\n", "");
  });
  server.on("", page("end"));
  fetch(towards(server), direct("http://a.shop.com.cn/1"));
  std::vector<std::string> cookies;
  for (const Request& request : server.requests()) cookies.push_back(request.header("Cookie"));
  EXPECT_EQ(cookies, (std::vector<std::string>{"", "shop=3", "", "", ""}));
}

TEST(Leg, CredentialsOfTheClientGoToItsFirstHostOnly) {
  ScriptServer server;
  server.on("/1", redirect_to("http://b.cn/2"));
  server.on("/2", redirect_to("http://a.cn/3"));
  server.on("", page("end"));
  LegRequest request = direct("http://a.cn/1");
  request.client.headers = {{"Authorization", "Bearer secret"},
                            {"Cookie", "k=v"},
                            {"X-Api-Key", "secret"},
                            {"x-auth-token", "secret"},
                            {"X-Other", "y"}};
  fetch(towards(server), request);
  const auto seen = server.requests();
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[0].header("Authorization"), "Bearer secret");
  EXPECT_EQ(seen[1].header("Authorization"), "");
  EXPECT_EQ(seen[1].header("Cookie"), "");
  EXPECT_EQ(seen[0].header("X-Api-Key"), "secret");
  EXPECT_EQ(seen[1].header("X-Api-Key"), "");
  EXPECT_EQ(seen[1].header("x-auth-token"), "");
  EXPECT_EQ(seen[1].header("X-Other"), "y");
  EXPECT_EQ(seen[2].header("Cookie"), "k=v");
}

TEST(Leg, CookiesOfClientAndServerGoInOneField) {
  ScriptServer server;
  server.on("/1", [](Peer& peer, const Request&) {
    peer.answer("302 Found", "Set-Cookie: s=1; Path=/\r\nLocation: /2\r\n", "");
  });
  server.on("", page("end"));
  LegRequest request = direct("http://a.cn/1");
  request.client.headers = {{"Cookie", "k=v; l=w"}, {"cookie", "m=x"}};
  const LegResult leg = fetch(towards(server), request);
  EXPECT_EQ(server.requests().at(0).header("Cookie"), "k=v; l=w; m=x");
  EXPECT_EQ(server.requests().at(1).header("Cookie"), "s=1; k=v; l=w; m=x");
  const std::string& sent = leg.exchanges.at(1).raw_request;
  EXPECT_EQ(sent.find("Cookie:"), sent.rfind("Cookie:")) << sent;
}

TEST(Leg, CredentialsOfTheClientGoToNoOtherPort) {
  ScriptServer server;
  server.on("/1", redirect_to("http://a.cn:8080/2"));
  server.on("", page("end"));
  LegRequest request = direct("http://a.cn/1");
  request.client.headers = {{"Authorization", "Bearer secret"}, {"Cookie", "k=v"}};
  fetch(towards(server), request);
  const auto seen = server.requests();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[1].header("Authorization"), "");
  EXPECT_EQ(seen[1].header("Cookie"), "");
}

TEST(Leg, ProxiesOfTheEnvironmentAreIgnored) {
  constexpr const char* kVariables[] = {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY",
                                        "all_proxy",  "ALL_PROXY",  "no_proxy",    "NO_PROXY"};
  ScriptServer server, proxy;
  server.on("", page("x"));
  for (const char* scheme : {"http", "socks5h"}) {
    const std::string url = scheme + ("://127.0.0.1:" + std::to_string(proxy.port()));
    for (const char* variable : kVariables) setenv(variable, url.c_str(), 1);
    EXPECT_EQ(failure_name(fetch(towards(server), direct("http://a.cn/"))), "");
    NetworkSettings settings = towards(server);
    settings.connect_to = {"::127.0.0.1:1"};
    EXPECT_EQ(failure_name(fetch(settings, direct("https://a.cn/"))), "tcp_refused");
  }
  for (const char* variable : kVariables) unsetenv(variable);
  EXPECT_EQ(proxy.connections(), 0);
}

TEST(Leg, AlternativeServicesAreNotFollowed) {
  ScriptServer server, other;
  server.on("/1", [&](Peer& peer, const Request&) {
    const std::string there = "127.0.0.1:" + std::to_string(other.port());
    peer.answer("302 Found", "Alt-Svc: http/1.1=\"" + there + "\", h2=\"" + there + "\"\r\nLocation: /2\r\n", "");
  });
  server.on("/2", page("x"));
  EXPECT_EQ(failure_name(fetch(towards(server), direct("http://a.cn/1"))), "");
  EXPECT_EQ(other.connections(), 0);
}

TEST(Leg, ConnectionsAreUsedAgain) {
  ScriptServer server;
  server.on("/a", redirect_to("/b"));
  server.on("/b", redirect_to("/c"));
  server.on("/c", page("x"));
  const LegResult leg = fetch(towards(server), direct("http://a.cn/a"));
  EXPECT_EQ(leg.exchanges.size(), 3U);
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(leg.exchanges[2].hop.timing.connect, -1);
}

TEST(Leg, CallbackMayAddLegs) {
  ScriptServer server;
  server.on("", page("x"));
  const NetworkSettings settings = towards(server);
  LegRunner runner(settings, no_names);
  int ended = 0;
  std::function<void(LegResult)> done = [&](const LegResult&) {
    if (++ended < 5) runner.add(direct("http://a.cn/"), done);
  };
  runner.add(direct("http://a.cn/"), done);
  EXPECT_TRUE(runner.run());
  EXPECT_EQ(ended, 5);
}

}  // namespace
}  // namespace linkaudit::probes
