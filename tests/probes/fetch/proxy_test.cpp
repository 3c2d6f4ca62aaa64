// Through a proxy: real ones where they work, scripted ones where they fail.
#include "probes/fetch/proxy.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "probes/page/digest.h"
#include "tests/probes/fetch/fetching.h"
#include "tests/probes/fetch/real_proxy.h"

namespace linkaudit::probes {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::RealProxy;

// Every name leads to the server, by the name that the proxy's machine knows for it.
NetworkSettings through(const std::string& proxy, const ScriptServer& server, const std::string& target = "localhost") {
  NetworkSettings settings = towards(server);
  settings.connect_to = {"::" + target + ":" + std::to_string(server.port())};
  settings.proxy = proxy;
  return settings;
}

NameAnswer never(const std::string& host) {
  ADD_FAILURE() << host << " was looked up here";
  return {.addresses = {}, .error = -2};
}

NameAnswer at_loopback(const std::string&) {
  return {.addresses = {*parse_address("127.0.0.1")}, .error = 0};
}

TEST(Proxy, ConnectLeadsToTheTargetAndResolvesItsName) {
  const RealProxy proxy(RealProxy::Kind::tinyproxy, "operator", "hush");
  ScriptServer server;
  server.on("", page("x"));
  const auto settings = through("http://operator:hush@" + proxy.at(), server);
  const LegResult leg = fetch(settings, direct("http://a.cn/item"), never);
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(server.requests().at(0).host, "a.cn");
  EXPECT_EQ(server.requests().at(0).path, "/item");  // asked of the target itself
  EXPECT_TRUE(proxy.says("CONNECT localhost:" + std::to_string(server.port())));
  EXPECT_EQ(leg.exchanges[0].hop.address, "") << "the proxy knows, we do not";
  EXPECT_THAT(leg.exchanges[0].raw_request, Not(HasSubstr("roxy")));
}

TEST(Proxy, Socks5hLeadsToTheTargetAndResolvesItsName) {
  const RealProxy proxy(RealProxy::Kind::microsocks, "operator", "hush");
  ScriptServer server;
  server.on("", page("x"));
  const LegResult leg =
      fetch(through("socks5h://operator:hush@" + proxy.at(), server), direct("http://a.cn/item"), never);
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(server.requests().at(0).host, "a.cn");
  EXPECT_TRUE(proxy.says("connected to localhost:" + std::to_string(server.port()))) << proxy.log();
  EXPECT_EQ(leg.exchanges[0].hop.address, "");
}

TEST(Proxy, Socks5IsToldTheAddressThatWasCheckedHere) {
  const RealProxy proxy(RealProxy::Kind::microsocks, "operator", "hush");
  ScriptServer server;
  server.on("", page("x"));
  NetworkSettings settings = towards(server);
  settings.connect_to.clear();
  settings.allow_private = {"127.0.0.1/32"};
  settings.proxy = "socks5://operator:hush@" + proxy.at();
  const std::string port = std::to_string(server.port());
  const LegResult leg = fetch(settings, direct("http://inside.cn:" + port + "/"), at_loopback);
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_TRUE(proxy.says("connected to 127.0.0.1:" + port)) << proxy.log();
  EXPECT_THAT(proxy.log(), Not(HasSubstr("inside.cn")));
  EXPECT_EQ(leg.exchanges[0].hop.address, "127.0.0.1");
}

TEST(Proxy, Socks5IsNotToldANameThatLeadsToARefusedAddress) {
  ScriptServer proxy;
  NetworkSettings settings = towards(proxy);
  settings.connect_to.clear();
  settings.proxy = "socks5://127.0.0.1:" + std::to_string(proxy.port());
  EXPECT_EQ(failure_name(fetch(settings, direct("http://inside.cn/"), at_loopback)), "refused_address");
  EXPECT_EQ(proxy.connections(), 0);
}

TEST(Proxy, NoProxyIsAskedForARefusedAddress) {
  ScriptServer proxy;
  NetworkSettings settings = towards(proxy);
  settings.connect_to.clear();
  for (const char* scheme : {"http", "https", "socks5", "socks5h"}) {
    settings.proxy = scheme + ("://127.0.0.1:" + std::to_string(proxy.port()));
    for (const char* url :
         {"http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://[64:ff9b::7f00:1]/",
          "http://169.254.169.254/", "https://localhost/", "http://\uff11\uff12\uff17.0.0.1/"}) {
      EXPECT_EQ(failure_name(fetch(settings, direct(url), never)), "refused_address") << scheme << " " << url;
    }
  }
  EXPECT_EQ(proxy.connections(), 0);
}

TEST(Proxy, NoProxyIsLedToARefusedAddressByARedirect) {
  const RealProxy proxy(RealProxy::Kind::microsocks);
  ScriptServer server;
  server.on("", redirect_to("http://10.0.0.1/"));
  NetworkSettings settings = towards(server);
  settings.connect_to = {"a.cn::localhost:" + std::to_string(server.port())};
  settings.proxy = "socks5h://" + proxy.at();
  const LegResult leg = fetch(settings, direct("http://a.cn/"), never);
  EXPECT_EQ(failure_name(leg), "refused_address");
  EXPECT_EQ(leg.failure->hop, 1);
  EXPECT_THAT(proxy.log(), Not(HasSubstr("10.0.0.1")));
}

TEST(Proxy, TlsIsWithTheTarget) {
  const Identity root = make_identity("Test Root", nullptr), good = make_identity("a.cn", &root),
                 expired = make_identity("a.cn", &root, -7200, -3600);
  const std::string ca_file = write_pem(root, testing::TempDir());
  const RealProxy connect(RealProxy::Kind::tinyproxy), socks(RealProxy::Kind::microsocks);
  for (const std::string& proxy : {"http://" + connect.at(), "socks5h://" + socks.at()}) {
    for (const Identity* identity : {&good, &expired}) {
      ScriptServer server({.identity = identity});
      server.on("", page("x"));
      NetworkSettings settings = through(proxy, server);
      settings.ca_file = ca_file;
      const LegResult leg = fetch(settings, direct("https://a.cn/"), never);
      EXPECT_EQ(failure_name(leg), identity == &good ? "" : "tls_expired") << proxy;
      EXPECT_EQ(leg.exchanges[0].hop.tls_chain_sha256.size(), 64U) << proxy;
    }
  }
  std::filesystem::remove(ca_file);
}

TEST(Proxy, WhatTheTargetDoesKeepsItsName) {
  const RealProxy connect(RealProxy::Kind::tinyproxy), socks(RealProxy::Kind::microsocks);
  ScriptServer server;
  server.on("/silent", [](Peer& peer, const Request&) { peer.wait(); });
  server.on("/nothing", [](Peer& peer, const Request&) { peer.close(); });
  server.on("/half", [](Peer& peer, const Request&) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    peer.close();
  });
  server.on("/407", [](Peer& peer, const Request&) { peer.answer("407 Proxy Authentication Required", "", "no"); });
  for (const std::string& proxy : {"http://" + connect.at(), "socks5h://" + socks.at()}) {
    NetworkSettings settings = through(proxy, server);
    settings.first_byte_s = 1;
    EXPECT_EQ(failure_name(fetch(settings, direct("http://a.cn/silent"), never)), "http_timeout") << proxy;
    EXPECT_EQ(failure_name(fetch(settings, direct("http://a.cn/nothing"), never)), "empty_reply") << proxy;
    EXPECT_EQ(failure_name(fetch(settings, direct("http://a.cn/half"), never)), "http_incomplete") << proxy;
    const LegResult odd = fetch(settings, direct("http://a.cn/407"), never);
    EXPECT_EQ(failure_name(odd), "") << proxy;
    EXPECT_EQ(odd.exchanges.at(0).hop.status, 407) << proxy;
  }
}

TEST(Proxy, ConnectionsThroughItAreUsedAgain) {
  const RealProxy connect(RealProxy::Kind::tinyproxy), socks(RealProxy::Kind::microsocks);
  for (const std::string& proxy : {"http://" + connect.at(), "socks5h://" + socks.at()}) {
    ScriptServer server;
    server.on("/", redirect_to("/end"));
    server.on("/end", page("x"));
    const LegResult leg = fetch(through(proxy, server), direct("http://a.cn/"), never);
    EXPECT_EQ(failure_name(leg), "");
    EXPECT_EQ(leg.exchanges.size(), 2U);
    EXPECT_EQ(server.connections(), 1) << proxy;
  }
}

std::string everything_in(const LegResult& leg) {
  std::string text = leg.failure ? leg.failure->text : "";
  for (const EarlierAttempt& earlier : leg.earlier) text += earlier.failure.text;
  for (const Exchange& each : leg.exchanges) text += each.raw_request + each.raw_headers + each.body + each.hop.url;
  return text;
}

struct Failing {
  std::string proxy;
  const char* failure;
  const char* text;
};

TEST(Proxy, FailuresOfItsOwnAreNobodyElses) {
  const RealProxy connect(RealProxy::Kind::tinyproxy, "operator", "right"),
      socks(RealProxy::Kind::microsocks, "operator", "right");
  ScriptServer silent, resetting, busy, shutting;
  silent.on_connect([](Peer& peer) { peer.wait(); });
  resetting.on_connect([](Peer& peer) { peer.read_then_reset(); });
  shutting.on_connect([](Peer& peer) { peer.close(); });
  busy.on("", [](Peer& peer, const Request&) { peer.answer("503 Service Unavailable", "", "hushhush"); });
  ScriptServer server;
  server.on("", page("x"));
  const auto at = [](const ScriptServer& proxy) { return "@127.0.0.1:" + std::to_string(proxy.port()); };
  std::vector<Failing> rows = {
      {"http://operator:hushhush@" + connect.at(), "proxy_failure", "status 401"},
      {"http://" + connect.at(), "proxy_failure", "status 407"},
      {"socks5://operator:hushhush@" + socks.at(), "proxy_failure", "rejected"},
      {"socks5h://operator:hushhush@" + socks.at(), "proxy_failure", "rejected"},
      {"socks5h://" + socks.at(), "proxy_failure", "on the way to the proxy"},
      {"http://operator:hushhush" + at(busy), "proxy_failure", "status 503"},
  };
  for (const std::string scheme : {"http", "https", "socks5", "socks5h"}) {
    const std::string begin = scheme + "://operator:hushhush";
    rows.push_back({begin + "@127.0.0.1:" + std::to_string(tests::free_port()), "proxy_failure", "connect"});
    // Too long a name to be asked of anybody.
    rows.push_back({begin + "@" + std::string(64, 'a') + ".invalid:3128", "proxy_failure", "resolve"});
    rows.push_back({begin + at(silent), "proxy_failure", "in time"});
    rows.push_back({begin + at(resetting), "proxy_failure", ""});
    rows.push_back({begin + at(shutting), "proxy_failure", ""});
  }
  for (const Failing& row : rows) {
    for (const char* url : {"http://a.cn/", "https://a.cn/"}) {
      NetworkSettings settings = through(row.proxy, server, "127.0.0.1");
      settings.connect_s = 1;
      settings.attempts = 1;
      const LegResult leg = fetch(settings, direct(url), never);
      ASSERT_TRUE(leg.failure) << row.proxy << " " << url;
      EXPECT_EQ(failure_name(leg), row.failure) << row.proxy << " " << url << ": " << leg.failure->text;
      EXPECT_EQ(leg.failure->layer, Layer::limit);
      EXPECT_NE(leg.failure->code, 0);
      EXPECT_THAT(leg.failure->text, HasSubstr(row.text)) << row.proxy << " " << url;
      EXPECT_THAT(everything_in(leg), Not(HasSubstr("hushhush"))) << row.proxy;
      EXPECT_EQ(leg.exchanges.at(0).hop.status, 0) << row.proxy;
    }
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST(Proxy, WhatASocksProxySaysOfTheTargetIsTheTargets) {
  const RealProxy proxy(RealProxy::Kind::microsocks);
  ScriptServer server;
  NetworkSettings settings = through("socks5h://" + proxy.at(), server);
  settings.connect_to = {"::localhost:" + std::to_string(tests::free_port())};
  const LegResult leg = fetch(settings, direct("http://a.cn/"), never);
  EXPECT_EQ(failure_name(leg), "tcp_refused");
  EXPECT_THAT(leg.failure->text, HasSubstr("the proxy says"));
}

TEST(Proxy, ConnectThatFailsSaysNothingOfTheTarget) {
  const RealProxy proxy(RealProxy::Kind::tinyproxy);
  ScriptServer server;
  NetworkSettings settings = through("http://" + proxy.at(), server);
  settings.connect_to = {"::localhost:" + std::to_string(tests::free_port())};
  EXPECT_EQ(failure_name(fetch(settings, direct("http://a.cn/"), never)), "proxy_failure");
}

TEST(Proxy, FailureIsTriedAgain) {
  NetworkSettings settings;
  settings.attempts = 2;
  settings.proxy = "http://operator:hushhush@127.0.0.1:" + std::to_string(tests::free_port());
  const LegResult leg = fetch(settings, direct("http://a.cn/"), never);
  EXPECT_EQ(leg.attempt, 2);
  EXPECT_EQ(leg.earlier.at(0).failure.name, FailureName::proxy_failure);
  EXPECT_THAT(everything_in(leg), Not(HasSubstr("hushhush")));
}

TEST(Proxy, EnvironmentDoesNotLeadPastIt) {
  ScriptServer server;
  server.on("", page("x"));
  const RealProxy proxy(RealProxy::Kind::tinyproxy);
  for (const char* variable : {"no_proxy", "NO_PROXY"}) setenv(variable, "*", 1);
  EXPECT_EQ(failure_name(fetch(through("http://" + proxy.at(), server), direct("http://a.cn/"), never)), "");
  for (const char* variable : {"no_proxy", "NO_PROXY"}) unsetenv(variable);
  EXPECT_TRUE(proxy.says("CONNECT localhost:"));
}

TEST(Proxy, CredentialsAreSentAsTheyAreMeant) {
  ScriptServer proxy;
  proxy.on("", [](Peer& peer, const Request&) { peer.answer("503 Service Unavailable", "", ""); });
  NetworkSettings settings = towards(proxy);
  settings.connect_to.clear();
  settings.proxy = "http://us%3Aer:p%40ss%2F%25@127.0.0.1:" + std::to_string(proxy.port());
  fetch(settings, direct("http://a.cn/"), never);
  EXPECT_EQ(proxy.requests().at(0).header("Proxy-Authorization"), "Basic dXM6ZXI6cEBzcy8l");  // us:er:p@ss/%
}

TEST(Proxy, UnusableOneThrowsWithoutRepeatingIt) {
  for (const char* bad :
       {"proxy.example:3128", "ftp://operator:hushhush@proxy.example:21", "http://operator:hushhush@proxy.example",
        "http://operator:hushhush@:3128", "socks4://operator:hushhush@proxy.example:1080",
        "http://operator:hushhush@proxy.example:99999", "http://operator:hushhush@proxy.example:3128/path",
        "http://operator:hush hush@proxy.example:1", "http://operator:hushhush%0a@proxy.example:1",
        "http://***@proxy.example:3128", "http://operator:hushhush@proxy.example:3128?x",
        "http://operator:hushhush@proxy.example:0"}) {
    NetworkSettings settings;
    settings.proxy = bad;
    try {
      const LegRunner runner(settings);
      ADD_FAILURE() << bad;
    } catch (const std::invalid_argument& error) {
      EXPECT_THAT(error.what(), Not(HasSubstr("hush"))) << bad;
    }
  }
}

TEST(Proxy, IsShownWithoutCredentials) {
  const struct {
    const char *given, *shown;
  } rows[] = {{"http://proxy.example:3128", "http://proxy.example:3128"},
              {"http://operator:hush@proxy.example:3128", "http://***@proxy.example:3128"},
              {"socks5h://operator@[::1]:1080", "socks5h://***@[::1]:1080"},
              {"http://a:b@c@proxy.example:3128/", "http://***@proxy.example:3128/"},
              {"operator:hush@proxy.example", "***@proxy.example"},
              {"http://operator:hu/s?h#@proxy.example:3128", "http://***@proxy.example:3128"}};
  for (const auto& row : rows) EXPECT_EQ(without_credentials(row.given), row.shown);
}

}  // namespace
}  // namespace linkaudit::probes
