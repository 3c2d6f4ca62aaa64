// What carries an answer is bounded as well: frames and chunks that hold nothing of it.
#include <filesystem>

#include "tests/probes/fetch/fetching.h"
#include "tests/probes/fetch/http2_frames.h"

namespace linkaudit::probes {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kMostOnTheWire = std::size_t{16} << 20U;  // with what the system had taken already

// Sends the same for ever, as long as somebody listens.
void flood(Peer& peer, const std::string& piece, std::atomic<std::size_t>& sent) {
  std::string pieces;
  while (pieces.size() < 64U * 1024) pieces += piece;
  for (; peer.open() && sent < 64 * kMostOnTheWire; sent += pieces.size()) peer.send(pieces);
}

TEST(Carried, EndlessExtensionOfAChunkIsCut) {
  ScriptServer server;
  std::atomic<std::size_t> sent = 0;
  server.on("", [&](Peer& peer, const Request&) {
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
    flood(peer, "a", sent);
  });
  const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "body_too_large");
  EXPECT_EQ(leg.exchanges[0].cut_by, "length");
  EXPECT_LT(sent, kMostOnTheWire);
}

TEST(Carried, TrailerOfManyBytesIsCutByOurBound) {
  ScriptServer server;
  server.on("", [](Peer& peer, const Request&) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: " +
              std::string(10'000, 'x') + "\r\n\r\n");
    peer.wait();
  });
  const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "body_too_large");
  EXPECT_EQ(leg.failure->text, "one trailer is too long");
}

TEST(Carried, ChunksOfAFewBytesEachAreRead) {
  ScriptServer server;
  server.on("", [](Peer& peer, const Request&) {
    std::string body;
    for (int chunk = 0; chunk < 100'000; ++chunk) body += "3\r\nabc\r\n";
    peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + body + "0\r\n\r\n");
  });
  const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(leg.exchanges[0].body.size(), 300'000U);
}

class Http2 : public testing::Test {
 protected:
  Http2() {
    settings_.ca_file = ca_file_;
    // The connection's preface looks like a request.
    server_.on("", [this](Peer& peer, const Request& request) {
      peer.send(frame(FrameType::settings, 0, 0, ""));
      answer_(peer, request);
    });
  }
  ~Http2() override { std::filesystem::remove(ca_file_); }

  const Identity root_ = make_identity("Test Root", nullptr);
  const Identity identity_ = make_identity("a.cn", &root_);
  const std::string ca_file_ = write_pem(root_, testing::TempDir());
  Script answer_;  // set between fetches only
  ScriptServer server_{{.identity = &identity_, .http2 = true}};
  NetworkSettings settings_ = towards(server_);
};

TEST_F(Http2, FramesWithoutContentAreCutAndHoldUpNobody) {
  const struct {
    const char* what;
    std::string piece;
  } rows[] = {
      {"empty data", frame(FrameType::data, 0, kFirstStream, "")},
      {"padding", frame(FrameType::data, kPadded, kFirstStream, std::string(1, '\xFF') + std::string(255, '\0'))},
      {"window updates", frame(FrameType::window_update, 0, 0, std::string("\0\0\0\1", 4))},
      {"priorities", frame(FrameType::priority, 0, kFirstStream, std::string("\0\0\0\0\1", 5))},
  };
  ScriptServer healthy;
  healthy.on("", page("ok"));
  settings_.connect_to = {"a.cn:443:127.0.0.1:" + std::to_string(server_.port()),
                          "b.cn:80:127.0.0.1:" + std::to_string(healthy.port())};
  std::atomic<std::size_t> sent = 0;
  std::string piece;
  answer_ = [&](Peer& peer, const Request&) {
    peer.send(frame(FrameType::headers, kEndHeaders, kFirstStream, kStatus200));
    flood(peer, piece, sent);
  };
  for (const auto& row : rows) {
    sent = 0;
    piece = row.piece;
    const auto begun = steady_clock::now();
    std::vector<LegResult> legs = fetch_all(settings_, {direct("https://a.cn/"), direct("http://b.cn/")});
    ASSERT_EQ(legs.size(), 2U) << row.what;
    for (const LegResult& leg : legs) {
      const bool flooded = leg.request.url.starts_with("https");
      EXPECT_EQ(failure_name(leg), flooded ? "body_too_large" : "") << row.what;
    }
    EXPECT_LT(sent, kMostOnTheWire) << row.what;
    EXPECT_LT(steady_clock::now() - begun, std::chrono::seconds(settings_.timeout_s)) << row.what;
  }
}

std::string header_block(std::size_t bytes) {
  std::string block = kStatus200 + field("content-type", "text/html");
  for (int number = 0; block.size() < bytes; ++number)
    block += field("x-" + std::to_string(number), std::string(300, 'v'));
  return block;
}

// HEADERS and CONTINUATION frames of at most `most` bytes each.
std::string header_frames(std::string_view block, std::size_t most) {
  std::string frames;
  for (std::size_t at = 0; at < block.size(); at += most) {
    const std::uint8_t flags = at + most >= block.size() ? kEndHeaders : 0;
    frames +=
        frame(at == 0 ? FrameType::headers : FrameType::continuation, flags, kFirstStream, block.substr(at, most));
  }
  return frames;
}

TEST_F(Http2, HeadersOfSeveralFramesAreReadUpToTheBoundAndRefusedBeyond) {
  const struct {
    std::size_t bytes, frame;
    const char* failure;
  } rows[] = {{20'000, 16'000, ""},
              {40'000, 16'000, ""},
              {58'000, 16'000, ""},
              {90'000, 16'000, "body_too_large"},
              {30'000, 1'000, "body_too_large"}};  // libnghttp2 takes eight
  for (const auto& row : rows) {
    answer_ = [&](Peer& peer, const Request&) {
      peer.send(header_frames(header_block(row.bytes), row.frame) +
                frame(FrameType::data, kEndStream, kFirstStream, "ok"));
      peer.wait();
    };
    const LegResult leg = fetch(settings_, direct("https://a.cn/"));
    EXPECT_EQ(failure_name(leg), row.failure) << row.bytes;
    EXPECT_EQ(leg.exchanges[0].body, leg.failure ? "" : "ok") << row.bytes;
  }
}

TEST_F(Http2, RefusedStreamIsAskedForAgainByNobodyUnseen) {
  answer_ = [](Peer& peer, const Request&) {
    peer.send(
        frame(static_cast<FrameType>(3), 0, kFirstStream, std::string("\0\0\0\7", 4)));  // RST_STREAM, REFUSED_STREAM
    peer.wait();
  };
  settings_.attempts = 2;
  const LegResult leg = fetch(settings_, direct("https://a.cn/"));
  EXPECT_EQ(failure_name(leg), "empty_reply");
  EXPECT_EQ(leg.earlier.size(), 1U);
  EXPECT_EQ(server_.connections(), 2);
}

// A connection that was used before, and on which nothing comes any more.
TEST(UsedConnection, WhenTheServerEndsItTheRequestIsMadeOnceMoreAndThatIsKept) {
  for (const bool reset : {false, true}) {
    ScriptServer server;
    std::atomic<int> asked = 0;
    server.on("/1", redirect_to("/2"));
    server.on("/2", [&](Peer& peer, const Request&) {
      if (asked++ > 0) return peer.answer("200 OK", "Content-Type: text/html\r\n", "end");
      reset ? peer.reset() : peer.close();
    });
    const LegResult leg = fetch(towards(server), direct("http://a.cn/1"));
    EXPECT_EQ(failure_name(leg), "") << reset;
    EXPECT_EQ(leg.attempt, 2) << reset;
    ASSERT_EQ(leg.earlier.size(), 1U) << reset;
    EXPECT_EQ(name(leg.earlier[0].failure.name), reset ? "tcp_reset" : "empty_reply");
    EXPECT_EQ(server.requests().size(), 4U) << reset;  // both hops, twice
  }
}

TEST(UsedConnection, ThatIsLostAgainIsAFailure) {
  ScriptServer server;
  server.on("/1", redirect_to("/2"));
  server.on("/2", [](Peer& peer, const Request&) { peer.close(); });
  const LegResult leg = fetch(towards(server), direct("http://a.cn/1"));
  EXPECT_EQ(failure_name(leg), "empty_reply");
  EXPECT_EQ(server.requests().size(), 4U);
}

// libcurl's remarks are listened to, and some of them repeat what a certificate says.
TEST(UsedConnection, IsNotTakenForLostForWhatACertificateSays) {
  const Identity root = make_identity("retrying a fresh connect", nullptr);
  const Identity identity = make_identity("a.cn", &root);
  const std::string ca_file = write_pem(root, testing::TempDir());
  ScriptServer server({.identity = &identity});
  server.on("", page("ok"));
  NetworkSettings settings = towards(server);
  settings.ca_file = ca_file;
  EXPECT_EQ(failure_name(fetch(settings, direct("https://a.cn/"))), "");
  std::filesystem::remove(ca_file);
}

// One handle serves one leg after the other.
TEST(Failure, OfAnEarlierTransferSaysNothingOfALaterOne) {
  ScriptServer server;
  server.on("/reset", [](Peer& peer, const Request&) { peer.reset(); });
  server.on("/line", [](Peer& peer, const Request&) {
    peer.send("HTTP/1.1 200 OK\r\nX-Flood: ");
    for (const std::string more(1000, 'x'); peer.open();) peer.send(more);
  });
  NetworkSettings settings = towards(server);
  settings.concurrency = 1;
  const auto legs = fetch_all(settings, {direct("http://a.cn/reset"), direct("http://a.cn/line")});
  ASSERT_EQ(legs.size(), 2U);
  EXPECT_EQ(failure_name(legs[0]), "tcp_reset");
  EXPECT_EQ(failure_name(legs[1]), "body_too_large");
}

TEST(Failure, CountsTheBytesOfAnUnfinishedHeader) {
  const struct {
    std::string sent;
    bool ends;
    const char *failure, *text;
  } rows[] = {
      {"H", true, "http_incomplete", "the headers end after 1 bytes"},
      {"HTTP/1.1 ", true, "http_incomplete", "the headers end after 9 bytes"},
      {"HTTP/1.1 200 OK\r\nX: ab", true, "http_incomplete", "the headers end after 22 bytes"},
      {"HTTP/1.1 200", false, "http_timeout", "HTTP: no end within 1 s, 12 bytes received"},
      {"HTTP/1.1 200 OK\r\nX: " + std::string(90'000, 'x'), true, "body_too_large",
       "the headers are larger than 65536 bytes"},
  };
  for (const auto& row : rows) {
    ScriptServer server;
    server.on("", [&](Peer& peer, const Request&) {
      peer.send(row.sent);
      row.ends ? peer.close() : peer.wait();
    });
    NetworkSettings settings = towards(server);
    settings.timeout_s = settings.first_byte_s = 1;
    const LegResult leg = fetch(settings, direct("http://a.cn/"));
    EXPECT_EQ(failure_name(leg), row.failure) << row.sent.size();
    EXPECT_EQ(leg.failure.value_or(Failure{}).text, row.text);
  }
}

TEST(Failure, OfConnectingNamesTheAddress) {
  NetworkSettings settings;
  settings.allow_private = {"127.0.0.0/8"};
  settings.attempts = 1;
  const LegResult leg =
      fetch(settings, direct("http://127.0.0.1:1023/"));  // nobody listens: a port for the system's own
  EXPECT_EQ(failure_name(leg), "tcp_refused");
  EXPECT_EQ(leg.exchanges[0].hop.address, "127.0.0.1");
}

}  // namespace
}  // namespace linkaudit::probes
