// Who may use a connection after whom: an answer belongs to the request that it was an answer to.
#include <filesystem>

#include "tests/probes/fetch/fetching.h"
#include "tests/probes/fetch/http2_frames.h"

namespace linkaudit::probes {
namespace {

constexpr const char* kSurplus = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nevil";

void wait_until(const std::function<bool()>& holds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
}

// One leg after the other, by one runner; `between` before the second.
std::vector<LegResult> one_by_one(const NetworkSettings& settings, std::vector<LegRequest> requests,
                                  const std::function<void()>& between) {
  LegRunner runner(settings, no_names);
  std::vector<LegResult> results;
  for (LegRequest& request : requests) {
    if (!results.empty()) between();
    runner.add(std::move(request), [&](LegResult result) { results.push_back(std::move(result)); });
    EXPECT_TRUE(runner.run());
  }
  return results;
}

class Connection : public testing::TestWithParam<bool> {
 protected:
  ~Connection() override { std::filesystem::remove(ca_file_); }
  ScriptServer::Tls tls(bool http2) const { return {.identity = &identity_, .http2 = http2}; }

  const Identity root_ = make_identity("Test Root", nullptr);
  const Identity identity_ = make_identity("a.cn", &root_);
  const std::string ca_file_ = write_pem(root_, testing::TempDir());
};

TEST_P(Connection, OnWhichMoreCameThanTheAnswerIsNotUsedAgain) {
  const bool secure = GetParam();
  ScriptServer server(secure ? tls(false) : ScriptServer::Tls{});
  std::atomic<bool> asked_on = false, sent = false;
  server.on("/1", [&](Peer& peer, const Request&) {
    peer.answer("200 OK", "Content-Type: text/html\r\n", "one");
    wait_until([&] { return asked_on.load(); });
    peer.send(kSurplus);
    peer.flush();
    sent = true;
  });
  server.on("/2", page("two"));
  NetworkSettings settings = towards(server);
  settings.ca_file = ca_file_;
  const std::string base = secure ? "https://a.cn" : "http://a.cn";
  const auto legs = one_by_one(settings, {direct(base + "/1"), direct(base + "/2")}, [&] {
    asked_on = true;
    wait_until([&] { return sent.load(); });
  });
  ASSERT_EQ(legs.size(), 2U);
  EXPECT_EQ(legs[0].exchanges.back().body, "one");
  EXPECT_EQ(failure_name(legs[1]), "");
  EXPECT_EQ(legs[1].exchanges.back().body, "two");
  EXPECT_EQ(legs[1].attempt, 1);  // nothing was asked on the other
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(server.connections(), 2);
}

TEST_P(Connection, OnWhichMoreCameAtOnceHasGivenNoWholeAnswer) {
  ScriptServer server(GetParam() ? tls(false) : ScriptServer::Tls{});
  server.on("", [&](Peer& peer, const Request&) {
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20000\r\n\r\n";
    peer.send(answer + std::string(10'000, 'a'));
    peer.send(std::string(10'000, 'b') + kSurplus);  // one record, of which libcurl reads the rest later
    peer.wait();
  });
  NetworkSettings settings = towards(server);
  settings.ca_file = ca_file_;
  EXPECT_EQ(failure_name(fetch(settings, direct(GetParam() ? "https://a.cn/" : "http://a.cn/"))), "http_incomplete");
}

TEST_P(Connection, ThatHasGivenItsAnswerAndNoMoreIsUsedAgain) {
  ScriptServer server(GetParam() ? tls(false) : ScriptServer::Tls{});
  server.on("", page("page"));
  NetworkSettings settings = towards(server);
  settings.ca_file = ca_file_;
  const std::string base = GetParam() ? "https://a.cn" : "http://a.cn";
  const auto legs = one_by_one(settings, {direct(base + "/1"), direct(base + "/2"), direct(base + "/3")}, [] {});
  for (const LegResult& leg : legs) EXPECT_EQ(failure_name(leg), "");
  EXPECT_EQ(server.connections(), 1);
}

INSTANTIATE_TEST_SUITE_P(Over, Connection, testing::Bool(),
                         [](const auto& each) { return each.param ? "Https" : "Http"; });

// Two legs on one connection share its end, and how fast it is.
TEST_F(Connection, OfHttp2HasOneRequestAtATime) {
  ScriptServer server(tls(true));
  std::atomic<int> asked = 0;
  server.on("", [&](Peer& peer, const Request&) {
    peer.send(frame(FrameType::settings, 0, 0, ""));
    peer.take(std::string_view("SM\r\n\r\n").size());
    for (std::string head; !(head = peer.take(9)).empty();) {
      const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(head[at]); };
      peer.take(std::size_t{byte(1)} << 8U | byte(2));
      if (byte(3) != static_cast<unsigned char>(FrameType::headers)) continue;
      ++asked;
      if (asked > 1) wait_until([&] { return asked == 4; });  // the three are under way at once
      peer.send(frame(FrameType::headers, kEndHeaders, byte(8), kStatus200) +
                frame(FrameType::data, kEndStream, byte(8), "page"));
    }
  });
  NetworkSettings settings = towards(server);
  settings.ca_file = ca_file_;
  LegRunner runner(settings, no_names);
  int whole = 0;
  const auto add = [&](const char* url) {
    runner.add(direct(url), [&](const LegResult& leg) { whole += leg.failure ? 0 : 1; });
  };
  add("https://a.cn/1");
  EXPECT_TRUE(runner.run());
  for (const char* url : {"https://a.cn/2", "https://a.cn/3", "https://a.cn/4"}) add(url);
  EXPECT_TRUE(runner.run());
  EXPECT_EQ(whole, 4);
  EXPECT_EQ(server.connections(), 3);
}

}  // namespace
}  // namespace linkaudit::probes
