// What no leg is led to, by whatever way, and how the address that was checked is the one that is used.
#include <gtest/gtest.h>

#include "tests/probes/fetch/fetching.h"

namespace linkaudit::probes {
namespace {

TEST(Refusal, RedirectsToRefusedTargetsSendNothing) {
  const struct {
    std::string location, failure;
  } rows[] = {
      {"http://10.0.0.1/", "refused_address"},
      {"http://0x7f.1/", "refused_address"},
      {"http://localhost/", "refused_address"},
      {"http://u@169.254.169.254/", "refused_address"},
      {"http://[::ffff:127.0.0.1]/", "refused_address"},
      {"http://2130706433/", "refused_address"},
      {"http://0177.0.0.01/", "refused_address"},
      {"http://127.1/", "refused_address"},
      {"http://127.0.0.1./", "refused_address"},
      {"http://１２７.０.０.１/", "refused_address"},
      {"http://%31%32%37.1/", "refused_address"},
      {"http://[64:ff9b::a9fe:a9fe]/", "refused_address"},
      {"http://[2002:7f00:1::]/", "refused_address"},
      {"http://[::10.0.0.1]/", "refused_address"},
      {"//10.0.0.1/", "refused_address"},
      {"http:\\\\10.0.0.1\\", "refused_address"},
      {"\\\\127.0.0.1/", "refused_address"},
      {"http://b.cn@10.0.0.1/", "refused_address"},
      {"http://10.0.0.1\\@b.cn/", "refused_address"},
      {"http://168.63.129.16/", "refused_address"},
      {"http://x.localhost./", "refused_address"},
      {"http://b.cn\\@c.cn/", "invalid_url"},
      {"https://b.cn:6667/", "refused_port"},
      {"http://u:p@b.cn/", "invalid_url"},
      {"http://b.cn:25/", "refused_port"},
      {"ftp://b.cn/", "refused_scheme"},
      {"file:///etc/passwd", "refused_scheme"},
      {"gopher://b.cn/", "refused_scheme"},
  };
  for (const auto& row : rows) {
    ScriptServer server;
    server.on("", redirect_to(row.location));
    const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
    EXPECT_EQ(failure_name(leg), row.failure) << row.location;
    EXPECT_EQ(server.requests().size(), 1U) << row.location;
  }
}

TEST(Refusal, PagesLeadToNoRefusedTarget) {
  for (const char* way : {"<meta http-equiv=refresh content='0; url=http://2130706433/'>",
                          "<script>location.href = 'http://[::ffff:7f00:1]/'</script>",
                          "<script>location.replace(\"//localhost/x\")</script>"}) {
    ScriptServer server;
    server.on("", page(way));
    const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
    EXPECT_EQ(failure_name(leg), "refused_address") << way;
    EXPECT_EQ(leg.failure->hop, 1) << way;
    EXPECT_EQ(server.requests().size(), 1U) << way;
  }
}

TEST(Refusal, RefusedHopIsShown) {
  ScriptServer server;
  server.on("", redirect_to("http://10.0.0.1/admin"));
  const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
  EXPECT_EQ(road(leg), "http://a.cn/ http, http://10.0.0.1/admin");
  EXPECT_EQ(leg.failure->hop, 1);
  EXPECT_EQ(leg.exchanges[1].hop.status, 0);
  EXPECT_EQ(leg.exchanges[1].failure, leg.failure);
}

TEST(Refusal, RefusedLinkSendsNothingAndHasNoExchange) {
  const struct {
    std::string link, failure;
  } rows[] = {{"http://127.0.0.1/", "refused_address"},
              {"http://x.localhost/", "refused_address"},
              {"ftp://a.cn/", "refused_scheme"},
              {"http://a.cn:22/", "refused_port"},
              {"no url", "invalid_url"},
              {"http://private.cn/", "refused_address"}};
  const LookUp look_up = [](const std::string&) { return NameAnswer{{*parse_address("192.168.1.1")}, 0}; };
  for (const auto& row : rows) {
    ScriptServer server;
    server.on("", page("x"));
    NetworkSettings settings = towards(server);
    settings.connect_to = {"gate.cn::127.0.0.1:" + std::to_string(server.port())};
    const LegResult leg = fetch(settings, through_gateway("http://gate.cn/?url=x", row.link), look_up);
    EXPECT_EQ(failure_name(leg), row.failure) << row.link;
    EXPECT_TRUE(leg.exchanges.empty()) << row.link;
    EXPECT_TRUE(server.requests().empty()) << row.link;
  }
}

TEST(Refusal, LinkThatDoesNotResolveIsLeftToTheGateway) {
  ScriptServer server;
  server.on("", page("stopped"));
  NetworkSettings settings = towards(server);
  settings.connect_to = {"gate.cn::127.0.0.1:" + std::to_string(server.port())};
  const LegResult leg = fetch(settings, through_gateway("http://gate.cn/?url=x", "http://gone.cn/"));
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(leg.exchanges.size(), 1U);
}

TEST(Refusal, NameIsResolvedOnceAndItsCheckedAddressIsUsed) {
  ScriptServer server;
  server.on("/a", redirect_to("http://rebind.cn:" + std::to_string(server.port()) + "/b"));
  server.on("/b", page("x"));
  NetworkSettings settings = towards(server);
  settings.connect_to.clear();
  settings.allow_private = {"127.0.0.1/32"};
  std::atomic<int> asked = 0;
  // A second look-up would lead to another address.
  const LookUp look_up = [&](const std::string&) {
    return NameAnswer{{*parse_address(++asked == 1 ? "127.0.0.1" : "127.0.0.2")}, 0};
  };
  const LegResult leg = fetch(settings, direct("http://rebind.cn:" + std::to_string(server.port()) + "/a"), look_up);
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(leg.exchanges[1].hop.address, "127.0.0.1");
  EXPECT_GE(leg.exchanges[0].hop.timing.name_lookup, 0);
}

TEST(Refusal, NameThatLeadsToAPrivateAddressIsRefused) {
  ScriptServer server;
  NetworkSettings settings = towards(server);
  settings.connect_to.clear();
  const std::string url = "http://inside.cn:" + std::to_string(server.port()) + "/";
  const LookUp look_up = [](const std::string&) {
    return NameAnswer{{*parse_address("127.0.0.1"), *parse_address("fd00::1")}, 0};
  };
  const LegResult leg = fetch(settings, direct(url), look_up);
  EXPECT_EQ(failure_name(leg), "refused_address");
  EXPECT_EQ(leg.exchanges.size(), 1U);
  EXPECT_NE(leg.failure->text.find("inside.cn"), std::string::npos) << leg.failure->text;
  EXPECT_EQ(server.connections(), 0);
}

TEST(Refusal, NameThatHasMovedToARefusedAddressIsRefused) {
  ScriptServer server;
  server.on("", page("x"));
  NetworkSettings settings = towards(server);
  settings.connect_to.clear();
  settings.allow_private = {"127.0.0.1/32"};
  const std::string url = "http://rebind.cn:" + std::to_string(server.port()) + "/";
  const auto at = [](const char* address) {
    return [=](const std::string&) { return NameAnswer{{*parse_address(address)}, 0}; };
  };
  EXPECT_EQ(failure_name(fetch(settings, direct(url), at("127.0.0.1"))), "");
  for (const char* moved :
       {"127.0.0.2", "10.0.0.1", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "fd00::1"}) {
    EXPECT_EQ(failure_name(fetch(settings, direct(url), at(moved))), "refused_address") << moved;
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST(Refusal, OfSeveralAddressesOnlyTheAllowedAreConnectedTo) {
  ScriptServer server;
  server.on("", page("x"));
  NetworkSettings settings = towards(server);
  settings.connect_to.clear();
  settings.allow_private = {"127.0.0.1/32"};
  const LookUp look_up = [](const std::string&) {
    return NameAnswer{{*parse_address("127.0.0.2"), *parse_address("::1"), *parse_address("127.0.0.1")}, 0};
  };
  const LegResult leg = fetch(settings, direct("http://mixed.cn:" + std::to_string(server.port()) + "/"), look_up);
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(leg.exchanges[0].hop.address, "127.0.0.1");
}

}  // namespace
}  // namespace linkaudit::probes
