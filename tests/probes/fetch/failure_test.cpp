// What the network can do to a fetch, each with its name from the closed list.
#include <gtest/gtest.h>
#include <netdb.h>

#include "tests/probes/fetch/fetching.h"
#include "tests/probes/fetch/silent_ports.h"
#include "tests/probes/fetch/zlib_coded.h"

namespace linkaudit::probes {
namespace {

struct Misbehaviour {
  const char* name;
  const char* failure;
  Layer layer;
  Script script;
};

Script says(const std::string& bytes) {
  return [=](Peer& peer, const Request&) {
    peer.send(bytes);
    peer.close();
  };
}

Script coded(const std::string& coding, const std::string& body) {
  return [=](Peer& peer, const Request&) {
    peer.answer("200 OK", "Content-Type: text/html\r\nContent-Encoding: " + coding + "\r\n", body);
  };
}

void reset_before_first_byte(Peer& peer, const Request&) {
  peer.reset();
}

void reset_in_body(Peer& peer, const Request&) {
  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  peer.send_then_reset();
}

void endless_headers(Peer& peer, const Request&) {
  peer.send("HTTP/1.1 200 OK\r\n");
  for (int i = 0; peer.open() && i < 100000; ++i) peer.send("X-Flood: " + std::string(100, 'x') + "\r\n");
}

void one_endless_header(Peer& peer, const Request&) {
  peer.send("HTTP/1.1 200 OK\r\nX-Flood: ");
  for (int i = 0; peer.open() && i < 100000; ++i) peer.send(std::string(1000, 'x'));
}

const std::string kHead = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

const Misbehaviour kMisbehaviours[] = {
    {"ResetBeforeFirstByte", "tcp_reset", Layer::tcp, reset_before_first_byte},
    {"ResetInBody", "tcp_reset", Layer::tcp, reset_in_body},
    {"ClosedWithoutAnswer", "empty_reply", Layer::http, says("")},
    {"ClosedInHeaders", "http_incomplete", Layer::http, says("HTTP/1.1 200 OK\r\nContent-Ty")},
    {"ClosedInBody", "http_incomplete", Layer::http, says(kHead + "Content-Length: 1000\r\n\r\n<html>")},
    {"ClosedInChunk", "http_incomplete", Layer::http, says(kHead + "Transfer-Encoding: chunked\r\n\r\n100\r\nabc")},
    {"BrokenChunks", "http_incomplete", Layer::http,
     says(kHead + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")},
    {"TransferCodingNobodyAskedFor", "decode_error", Layer::http,
     says(kHead + "Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")},
    {"NoHttpAtAll", "http_incomplete", Layer::http, says("SSH-2.0-OpenSSH_9.2\r\n")},
    {"BadStatusLine", "http_incomplete", Layer::http, says("HTTP/9.9 abc\r\n\r\n")},
    {"HeaderFlood", "body_too_large", Layer::limit, endless_headers},
    {"OneEndlessHeader", "body_too_large", Layer::limit, one_endless_header},
    {"BadGzip", "decode_error", Layer::http, coded("gzip", "<html>not gzip</html>")},
    {"BadDeflate", "decode_error", Layer::http, coded("deflate", "<html>not deflate</html>")},
    {"BadBrotli", "decode_error", Layer::http, coded("br", "<html>not brotli</html>")},
    {"BadZstd", "decode_error", Layer::http, coded("zstd", "<html>not zstd</html>")},
    {"UnknownCoding", "decode_error", Layer::http, coded("compress", "x")},
};

class Network : public testing::TestWithParam<Misbehaviour> {};

TEST_P(Network, FailureIsNamed) {
  ScriptServer server;
  server.on("/start", redirect_to("/bad"));
  server.on("/bad", GetParam().script);
  const LegResult leg = fetch(towards(server), direct("http://a.cn/start"));
  ASSERT_TRUE(leg.failure);
  EXPECT_EQ(failure_name(leg), GetParam().failure) << leg.failure->text;
  EXPECT_EQ(leg.failure->layer, GetParam().layer);
  EXPECT_EQ(leg.failure->hop, 1);
  EXPECT_EQ(leg.failure->leg, Leg::context);
  EXPECT_FALSE(leg.failure->text.empty());
  ASSERT_EQ(leg.exchanges.size(), 2U);
  EXPECT_EQ(leg.exchanges[1].failure, leg.failure);
  EXPECT_LE(leg.exchanges[1].raw_headers.size(), 64U * 1024);
}

INSTANTIATE_TEST_SUITE_P(Failure, Network, testing::ValuesIn(kMisbehaviours),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Failure, RefusedConnectionIsNamed) {
  const ClosedPort gone;
  NetworkSettings settings = towards(ScriptServer());
  settings.connect_to = {"::127.0.0.1:" + std::to_string(gone.port())};
  const LegResult leg = fetch(settings, direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "tcp_refused") << leg.failure->text;
  EXPECT_EQ(leg.failure->code, 7);
  EXPECT_EQ(leg.exchanges[0].hop.status, 0);
}

TEST(Failure, NamesThatDoNotResolveAreNamed) {
  const struct {
    int error;
    const char* failure;
  } rows[] = {
      {EAI_NONAME, "dns_nxdomain"}, {EAI_AGAIN, "dns_failure"}, {EAI_NODATA, "dns_failure"}, {EAI_FAIL, "dns_failure"}};
  for (const auto& row : rows) {
    NetworkSettings settings;
    settings.attempts = 1;
    const LegResult leg = fetch(settings, direct("http://gone.cn/"), [&](const std::string&) {
      return NameAnswer{{}, row.error};
    });
    EXPECT_EQ(failure_name(leg), row.failure);
    EXPECT_EQ(leg.failure->layer, Layer::dns);
    EXPECT_EQ(leg.failure->code, row.error);
    EXPECT_EQ(leg.exchanges.size(), 1U);
  }
}

// All time-outs at once, a second each.
TEST(Failure, TimeoutsAreNamedByTheirPhase) {
  const FullServer full;
  ScriptServer server;
  const auto silent = [](Peer& peer, const Request&) { peer.wait(); };
  server.on("/silent", silent);
  server.on("/drip", [](Peer& peer, const Request&) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nslow");
    peer.wait();
  });
  server.on("/redirect", [](Peer& peer, const Request&) {
    peer.send("HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 1000\r\n\r\nslow");
    peer.wait();
  });
  server.on("/page", page("x"));
  NetworkSettings settings = towards(server);
  const std::string port = std::to_string(server.port());
  settings.connect_to = {"full.cn::127.0.0.1:" + std::to_string(full.port()), "::127.0.0.1:" + port};
  settings.connect_s = settings.first_byte_s = 1;
  settings.timeout_s = 2;
  settings.per_host_concurrency = 10;
  const auto legs =
      fetch_all(settings, {direct("http://full.cn/"), direct("http://a.cn/silent"), direct("http://a.cn/drip"),
                           direct("http://a.cn/redirect"), direct("https://tls.cn/")});
  ASSERT_EQ(legs.size(), 5U);
  for (const LegResult& leg : legs) {
    const std::string& url = leg.request.url;
    const Exchange& first = leg.exchanges.at(0);
    if (url == "http://full.cn/") {
      EXPECT_EQ(failure_name(leg), "tcp_timeout");
    } else if (url == "https://tls.cn/") {
      EXPECT_EQ(failure_name(leg), "tls_failure");
    } else if (url == "http://a.cn/silent") {
      EXPECT_EQ(failure_name(leg), "http_timeout");
      EXPECT_NE(leg.failure->text.find("within 1 s, 0 bytes"), std::string::npos) << leg.failure->text;
      EXPECT_LT(first.hop.timing.total, 1900);
    } else if (url == "http://a.cn/drip") {
      EXPECT_EQ(failure_name(leg), "http_timeout");
      EXPECT_NE(leg.failure->text.find("within 2 s, 45 bytes"), std::string::npos) << leg.failure->text;
      EXPECT_EQ(first.body, "slow");
    } else if (url == "http://a.cn/redirect") {
      EXPECT_EQ(failure_name(leg), "") << "the redirect is known, its body does not matter";
      EXPECT_EQ(leg.exchanges.size(), 2U);
      EXPECT_TRUE(first.truncated);
    }
  }
}

TEST(Failure, NameThatIsNeverAnsweredTimesOut) {
  // Shared: the thread that hangs outlives the runner.
  const auto free = std::make_shared<std::atomic<bool>>(false);
  const auto began = std::chrono::steady_clock::now();
  {
    NetworkSettings settings;
    settings.attempts = 1;
    settings.connect_s = 1;
    const LegResult leg = fetch(settings, direct("http://slow.cn/"), [free](const std::string&) {
      free->wait(false);
      return NameAnswer{{}, EAI_AGAIN};
    });
    EXPECT_EQ(failure_name(leg), "dns_failure");
    EXPECT_EQ(leg.failure->layer, Layer::dns);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(3));
  *free = true;
  free->notify_all();
}

TEST(Body, EndlessOneIsCutAndJudgedOnWhatWasRead) {
  ScriptServer server;
  server.on("", [](Peer& peer, const Request&) {
    peer.send(kHead + "\r\n<title>t</title>");
    const std::string more(64 * 1024, 'x');
    while (peer.open()) peer.send(more);
  });
  NetworkSettings settings = towards(server);
  settings.max_body_kib = 100;
  const LegResult leg = fetch(settings, direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_TRUE(leg.exchanges[0].truncated);
  EXPECT_EQ(leg.exchanges[0].body.size(), 100U * 1024);
  EXPECT_EQ(leg.exchanges[0].page->title, "t");
}

TEST(Body, DecodedAndReceivedBytesAreKept) {
  ScriptServer server;
  const std::string bytes = gzipped("<title>packed</title>");
  server.on("", coded("gzip", bytes));
  const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
  EXPECT_EQ(leg.exchanges[0].raw_body, bytes);
  EXPECT_EQ(leg.exchanges[0].body, "<title>packed</title>");
  EXPECT_FALSE(leg.exchanges[0].truncated);
}

TEST(Body, BombIsRefused) {
  ScriptServer server;
  server.on("", coded("gzip", gzipped(std::string(32 * 1024 * 1024, '\0'))));
  const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "body_too_large");
  EXPECT_EQ(leg.failure->layer, Layer::limit);
  EXPECT_LE(leg.exchanges[0].body.size(), 2048U * 1024);
}

TEST(Body, BrokenOneOfARedirectDoesNotMatter) {
  ScriptServer server;
  server.on("/a", [](Peer& peer, const Request&) {
    peer.answer("302 Found", "Location: /b\r\nContent-Encoding: gzip\r\n", "no gzip");
  });
  server.on("/b", page("x"));
  const LegResult leg = fetch(towards(server), direct("http://a.cn/a"));
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(leg.exchanges.size(), 2U);
}

TEST(Body, InterimAnswersAreSkipped) {
  ScriptServer server;
  server.on("", says("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + kHead + "Content-Length: 2\r\n\r\nok"));
  const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
  EXPECT_EQ(leg.exchanges[0].hop.status, 200);
  EXPECT_EQ(leg.exchanges[0].headers.size(), 2U);
  EXPECT_EQ(leg.exchanges[0].body, "ok");
}

}  // namespace
}  // namespace linkaudit::probes
