// The bounds of what is fetched: what they are, and that what lies just within them passes.
#include "tests/probes/fetch/fetching.h"

namespace linkaudit::probes {
namespace {

TEST(Limits, AreThoseOfTheCatalogFormat) {
  const NetworkSettings settings;
  EXPECT_EQ(settings.timeout_s, 30);
  EXPECT_EQ(settings.connect_s, 10);
  EXPECT_EQ(settings.first_byte_s, 15);
  EXPECT_EQ(settings.max_redirects, 10);
  EXPECT_EQ(settings.max_body_kib, 2048);
  EXPECT_EQ(settings.max_header_bytes, 64U * 1024);
  EXPECT_TRUE(settings.allow_private.empty());
}

// Status line, header lines and the empty line: `bytes` in all.
std::string head_of(std::size_t bytes) {
  std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
  const std::string end = "\r\n";
  while (bytes - head.size() - end.size() > 2000) head += "X-Flood: " + std::string(989, 'x') + "\r\n";
  const std::string name = "X-Last: ";
  head += name + std::string(bytes - head.size() - name.size() - 2 * end.size(), 'x') + end;
  return head + end;
}

TEST(Limits, HeadersUpToTheBoundPassAndOneByteMoreIsRefused) {
  for (const std::size_t bytes : {64U * 1024, 64U * 1024 + 1}) {
    ScriptServer server;
    server.on("", [&](Peer& peer, const Request&) { peer.send(head_of(bytes) + "ok"); });
    const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
    EXPECT_EQ(failure_name(leg), bytes == 64U * 1024 ? "" : "body_too_large");
    EXPECT_LE(leg.exchanges[0].raw_headers.size(), 64U * 1024);
    if (leg.failure) {
      EXPECT_EQ(leg.failure->layer, Layer::limit);
      EXPECT_EQ(leg.exchanges[0].cut_by, "length");
    }
  }
}

TEST(Limits, EndlessHeadersAreCut) {
  ScriptServer server;
  std::atomic<std::size_t> sent = 0;
  server.on("/lines", [&](Peer& peer, const Request&) {
    peer.send("HTTP/1.1 200 OK\r\n");
    for (const std::string line = "X: " + std::string(1000, 'x') + "\r\n"; peer.open(); sent += line.size())
      peer.send(line);
  });
  server.on("/line", [&](Peer& peer, const Request&) {
    peer.send("HTTP/1.1 200 OK\r\nX: ");
    for (const std::string more(1000, 'x'); peer.open(); sent += more.size()) peer.send(more);
  });
  server.on("/interim", [&](Peer& peer, const Request&) {
    for (const std::string more = "HTTP/1.1 103 Early Hints\r\nX: " + std::string(1000, 'x') + "\r\n\r\n"; peer.open();
         sent += more.size()) {
      peer.send(more);
    }
  });
  for (const char* path : {"/lines", "/line", "/interim"}) {
    sent = 0;
    const LegResult leg = fetch(towards(server), direct(std::string("http://a.cn") + path));
    EXPECT_EQ(failure_name(leg), "body_too_large") << path;
    EXPECT_LE(leg.exchanges[0].raw_headers.size(), 64U * 1024) << path;
    EXPECT_TRUE(leg.exchanges[0].body.empty()) << path;
  }
}

TEST(Limits, BodyUpToTheBoundIsWholeAndOneByteMoreIsCut) {
  for (const std::size_t bytes : {2048U * 1024, 2048U * 1024 + 1}) {
    ScriptServer server;
    server.on("", page(std::string(bytes, 'x')));
    const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
    EXPECT_EQ(failure_name(leg), "");
    EXPECT_EQ(leg.exchanges[0].truncated, bytes > 2048U * 1024);
    EXPECT_EQ(leg.exchanges[0].body.size(), 2048U * 1024);
  }
}

}  // namespace
}  // namespace linkaudit::probes
