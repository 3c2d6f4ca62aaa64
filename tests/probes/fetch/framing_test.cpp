// Where a body ends by the answer's own word; fetched, too.
#include "probes/fetch/framing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/probes/fetch/fetching.h"

namespace linkaudit::probes {
namespace {

TEST(AnnouncedLength, FollowsTheStandard) {
  struct Row {
    Headers headers;
    int status;
    std::optional<std::uint64_t> bytes;
    const char* problem;
  };
  const Row table[] = {
      {{{"Content-Length", "5"}}, 200, 5, ""},
      {{{"content-length", "5"}, {"Content-Length", "5"}}, 200, 5, ""},
      {{{"Content-Length", "5, 5 ,5"}}, 200, 5, ""},
      {{{"Content-Length", "5"}, {"Content-Length", "7"}}, 200, 7, "the answer gives two lengths: 5 and 7"},
      {{{"Content-Length", "5,7"}}, 200, 7, "the answer gives two lengths: 5 and 7"},
      {{{"Content-Length", "5"}, {"Content-Length", "7"}}, 302, 7, "the answer gives two lengths: 5 and 7"},
      {{{"Content-Length", "+5"}}, 200, std::nullopt, "the answer gives no length, but \"+5\""},
      {{{"Content-Length", "5"}, {"Content-Length", ""}}, 200, std::nullopt, "the answer gives no length, but \"\""},
      {{{"Content-Length", "5"}, {"Content-Length", "7"}, {"Transfer-Encoding", "chunked"}}, 200, std::nullopt, ""},
      {{{"Content-Length", "5"}, {"Content-Length", "7"}}, 304, std::nullopt, ""},
      {{{"Content-Length", "5"}}, 204, std::nullopt, ""},
      {{{"Content-Type", "text/html"}}, 200, std::nullopt, ""},
      {{{"Transfer-Encoding", "Chunked"}}, 200, std::nullopt, ""},
      {{{"Transfer-Encoding", "identity"}}, 200, std::nullopt, ""},
      {{{"Transfer-Encoding", "gzip, chunked"}},
       200,
       std::nullopt,
       "the answer has the transfer coding \"gzip\", which nobody asked for"},
      {{{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "foobar"}},
       200,
       std::nullopt,
       "the answer has the transfer coding \"foobar\", which nobody asked for"},
  };
  for (const Row& row : table) {
    const AnnouncedLength length = announced_length(row.headers, row.status);
    EXPECT_EQ(length.bytes, row.bytes) << row.headers.front().second;
    EXPECT_EQ(length.problem, row.problem) << row.headers.front().second;
  }
}

Script announces(const std::string& bytes) {
  return [=](Peer& peer, const Request&) {
    peer.send(bytes);
    peer.close();
  };
}

std::string of_length(std::size_t length, const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" + body;
}

TEST(Framing, MoreThanWasAnnouncedIsNoWholeAnswer) {
  ScriptServer server;
  server.on("/short", announces(of_length(5, "hello and more")));
  server.on("/late", announces(of_length(300'000, std::string(300'000, 'x') + "and more")));
  server.on("/lines", announces(of_length(5, "hello\r\n\r\n")));
  server.on("/exact", announces(of_length(5, "hello")));
  const std::pair<const char*, const char*> table[] = {
      {"/short", "http_incomplete"}, {"/late", "http_incomplete"}, {"/lines", ""}, {"/exact", ""}};
  for (const auto& [path, failure] : table) {
    const LegResult leg = fetch(towards(server), direct(std::string("http://a.cn") + path));
    EXPECT_EQ(failure_name(leg), failure) << path;
  }
  const LegResult leg = fetch(towards(server), direct("http://a.cn/short"));
  EXPECT_EQ(leg.failure->text, "more was sent than the 5 bytes announced");
  EXPECT_EQ(leg.exchanges[0].body, "hello");
  EXPECT_EQ(leg.exchanges[0].cut_by, "unspecified");
}

TEST(Framing, ARedirectIsKnownByItsHeadersUnlessTheyContradictThemselves) {
  ScriptServer server;
  server.on("/long", announces("HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 1\r\n\r\nfar too much"));
  server.on("/two",
            announces("HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"));
  server.on("/end", page("arrived"));
  EXPECT_EQ(road(fetch(towards(server), direct("http://a.cn/long"))), "http://a.cn/long http, http://a.cn/end");
  const LegResult leg = fetch(towards(server), direct("http://a.cn/two"));
  EXPECT_EQ(failure_name(leg), "http_incomplete");
  EXPECT_EQ(leg.failure->text, "the answer gives two lengths: 1 and 2");
}

TEST(Framing, InterimAnswersAndTrailersAreKept) {
  ScriptServer server;
  server.on("/early", announces("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" +
                                of_length(5, "hello")));
  server.on("/chunks",
            announces("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 7\r\n\r\n"));
  const Exchange early = fetch(towards(server), direct("http://a.cn/early")).exchanges.at(0);
  EXPECT_EQ(early.raw_interim, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n");
  EXPECT_TRUE(early.raw_headers.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(early.hop.status, 200);
  EXPECT_FALSE(std::ranges::any_of(early.headers, [](const auto& field) { return field.first == "Link"; }));
  const Exchange chunks = fetch(towards(server), direct("http://a.cn/chunks")).exchanges.at(0);
  EXPECT_EQ(chunks.body, "hello");
  EXPECT_EQ(chunks.raw_trailers, "X-Sum: 7\r\n");
}

TEST(Framing, AHeaderLineBeyondTheBoundIsKeptUpToIt) {
  ScriptServer server;
  server.on("", announces("HTTP/1.1 200 OK\r\nX-Long: " + std::string(70'000, 'x') + "\r\n\r\n"));
  const LegResult leg = fetch(towards(server), direct("http://a.cn/"));
  EXPECT_EQ(failure_name(leg), "body_too_large");
  EXPECT_EQ(leg.exchanges[0].raw_headers.size(), 64U * 1024);
  EXPECT_EQ(leg.exchanges[0].cut_by, "length");
}

}  // namespace
}  // namespace linkaudit::probes
