// What is kept of the wire: requests as the server got them, and why an answer is not whole.
#include <gmock/gmock.h>

#include "tests/probes/fetch/fetching.h"

namespace linkaudit::probes {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kPageHead = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

Script saying(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer, const Request&) {
    peer.send(bytes);
    peer.close();
  };
}

TEST(KeptRequest, IsWhatTheServerGotCookiesOfTheLegIncluded) {
  ScriptServer server;
  server.on("/first", [](Peer& peer, const Request&) {
    peer.answer("302 Found", "Location: /second?q=1\r\nSet-Cookie: sid=hush; Path=/\r\n", "");
  });
  const LegResult leg = fetch(towards(server), direct("http://a.cn/first"));
  const auto requests = server.requests();
  ASSERT_EQ(leg.exchanges.size(), 2U);
  ASSERT_EQ(requests.size(), 2U);
  for (std::size_t hop = 0; hop < 2; ++hop)
    EXPECT_EQ(leg.exchanges[hop].raw_request, requests[hop].head + "\r\n") << hop;
  EXPECT_THAT(leg.exchanges[1].raw_request, HasSubstr("Cookie: sid=hush\r\n"));
  EXPECT_LE(leg.exchanges[0].begun, leg.exchanges[1].begun);
}

TEST(KeptRequest, OfAProxyIsNotOurs) {
  ScriptServer proxy;
  NetworkSettings settings = towards(proxy);
  settings.connect_to.clear();
  settings.proxy = "http://user:pass@127.0.0.1:" + std::to_string(proxy.port());
  const LegResult leg = fetch(settings, direct("https://a.cn/"));  // the proxy answers CONNECT as it likes
  ASSERT_EQ(leg.exchanges.size(), 1U);
  EXPECT_THAT(leg.exchanges[0].raw_request, Not(HasSubstr("CONNECT")));
}

TEST(KeptRequest, IsEmptyWhenNothingWasSent) {
  NetworkSettings settings;
  settings.connect_to = {"::127.0.0.1:1"};
  settings.attempts = 1;
  const LegResult leg = fetch(settings, direct("http://a.cn/"));
  ASSERT_EQ(leg.exchanges.size(), 1U);
  EXPECT_EQ(leg.exchanges[0].raw_request, "");
  EXPECT_EQ(leg.exchanges[0].cut_by, "");
}

TEST(KeptAnswer, SaysWhyItIsNotWhole) {
  const std::string head = kPageHead;
  struct Case {
    const char* name;
    Script script;
    const char* cut_by;
  };
  const Case table[] = {
      {"whole", saying(head + "Content-Length: 2\r\n\r\nok"), ""},
      {"ended by closing", saying(head + "\r\nok"), ""},
      {"shorter than said", saying(head + "Content-Length: 9\r\n\r\nok"), "disconnect"},
      {"ends in its chunks", saying(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhe"), "disconnect"},
      {"ends in its headers", saying(head), "disconnect"},
      {"larger than wanted", saying(head + "\r\n" + std::string(80 * 1024, 'x')), "length"},
      {"too many headers", saying(head + "X: " + std::string(70 * 1024, 'x') + "\r\n\r\n"), "length"},
      {"not its coding", saying(head + "Content-Encoding: gzip\r\nContent-Length: 24\r\n\r\nthis is no gzip stream!!"),
       "unspecified"},
      {"silent in its body",
       [head](Peer& peer, const Request&) {
         peer.send(head + "Content-Length: 9\r\n\r\nok");
         peer.wait();
       },
       "time"},
      {"nothing at all", [](Peer& peer, const Request&) { peer.reset(); }, ""},
  };
  for (const Case& each : table) {
    ScriptServer server;
    server.on("", each.script);
    NetworkSettings settings = towards(server);
    settings.max_body_kib = 64;
    settings.timeout_s = 1;
    const LegResult leg = fetch(settings, direct("http://a.cn/"));
    ASSERT_EQ(leg.exchanges.size(), 1U) << each.name;
    EXPECT_EQ(leg.exchanges[0].cut_by, each.cut_by) << each.name;
  }
}

}  // namespace
}  // namespace linkaudit::probes
