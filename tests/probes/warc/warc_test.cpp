#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "probes/page/digest.h"
#include "probes/warc/http_form.h"
#include "probes/warc/record.h"
#include "probes/warc/writer.h"

namespace linkaudit::probes {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr Instant kNoon{std::chrono::sys_days(std::chrono::year(2022) / 1 / 27) + 12h + 7ms};

ExchangeEvidence answered() {
  ExchangeEvidence exchange;
  exchange.at = kNoon;
  exchange.hop = {
      .url = "https://item.taobao.com/item.htm?id=1", .status = 200, .address = "127.0.0.1", .http_version = "1.1"};
  exchange.request = "GET /item.htm?id=1 HTTP/1.1\r\nHost: item.taobao.com\r\n\r\n";
  exchange.response = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n";
  exchange.body = "hello";
  return exchange;
}

std::string written(const std::vector<ArchivedExchange>& exchanges) {
  std::ostringstream out;
  WarcWriter writer(out, kNoon, {{"description", "a test"}});
  for (const ArchivedExchange& exchange : exchanges) writer.add(exchange);
  return out.str();
}

std::string written(const ExchangeEvidence& exchange) {
  return written({{.exchange = exchange}});
}

int count(const std::string& text, const std::string& what) {
  int found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

// The independent reader accepts the file.
bool is_read_by_others(const std::string& file) {
  const auto path = std::filesystem::temp_directory_path() / ("linkaudit-warc-test-" + sha256_hex(file) + ".warc");
  std::ofstream(path, std::ios::binary) << file;
  const std::string command =
      "python3 '" LINKAUDIT_SOURCE_ROOT "/tests/probes/warc/read_warc.py' '" + path.string() + "' >/dev/null";
  const bool good = std::system(command.c_str()) == 0;
  std::filesystem::remove(path);
  return good;
}

struct Form {
  const char *given, *kept;
};

TEST(HttpForm, RequestsAreHttp1) {
  const Form table[] = {
      {"GET / HTTP/2\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"},
      {"GET / HTTP/2", "GET / HTTP/1.1\r\n"},
      {"GET /?q= HTTP/1.1\r\n\r\n", "GET /?q= HTTP/1.1\r\n\r\n"},
      {"", ""},
  };
  for (const Form& row : table) EXPECT_EQ(request_in_http1(row.given), row.kept);
}

TEST(HttpForm, AnswersAreHttp1AndSayNothingOfTransferCodings) {
  const Form table[] = {
      {"HTTP/2 200 \r\nserver: a\r\n\r\n", "HTTP/1.1 200 \r\nserver: a\r\n\r\n"},
      {"HTTP/1.0 404 Not Found\r\n\r\n", "HTTP/1.0 404 Not Found\r\n\r\n"},
      {"HTTP/2\r\n\r\n", "HTTP/1.1 000 \r\n\r\n"},
      {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nA: b\r\n\r\n",
       "HTTP/1.1 200 OK\r\nX-Orig-transfer-encoding: chunked\r\nA: b\r\n\r\n"},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding : gzip,\r\n chunked\r\n\r\n",
       "HTTP/1.1 200 OK\r\nX-Orig-Transfer-Encoding : gzip,\r\n chunked\r\n\r\n"},
      {"HTTP/1.1 200 OK\r\nX: transfer-encoding: a\r\n", "HTTP/1.1 200 OK\r\nX: transfer-encoding: a\r\n"},
      {"HTTP/1.1 200 OK\r\ncut off he", "HTTP/1.1 200 OK\r\ncut off he"},
  };
  for (const Form& row : table) EXPECT_EQ(response_in_http1(row.given), row.kept);
}

TEST(WarcFields, NothingInAValueEndsItsLine) {
  EXPECT_EQ(in_lines({{"a", "b\r\nWARC-Type: response"}, {"c", ""}}), "a: b  WARC-Type: response\r\nc: \r\n");
  EXPECT_EQ(warc_uri("http://a/b c\r\n<\xe6\xb7\x98>"), "http://a/b%20c%0D%0A%3C%E6%B7%98%3E");
}

TEST(WarcFields, DatesHaveMilliseconds) {
  EXPECT_EQ(warc_date(kNoon), "2022-01-27T12:00:00.007Z");
  EXPECT_EQ(warc_date(Instant(-1ms)), "1969-12-31T23:59:59.999Z");
}

TEST(WarcWriter, ExchangeBecomesRequestResponseAndMetadataInThisOrder) {
  const std::string file = written(answered());
  const auto request = file.find("WARC-Type: request"), response = file.find("WARC-Type: response"),
             metadata = file.find("WARC-Type: metadata");
  EXPECT_EQ(file.find("WARC/1.1\r\nWARC-Type: warcinfo"), 0u);
  EXPECT_LT(request, response);
  EXPECT_LT(response, metadata);
  EXPECT_NE(metadata, std::string::npos);
  EXPECT_TRUE(is_read_by_others(file));
}

TEST(WarcWriter, ResponseCarriesWhereWhenAndDigests) {
  EXPECT_THAT(written(answered()),
              AllOf(HasSubstr("WARC-Target-URI: https://item.taobao.com/item.htm?id=1\r\n"),
                    HasSubstr("WARC-IP-Address: 127.0.0.1\r\n"), HasSubstr("WARC-Date: 2022-01-27T12:00:00.007Z\r\n"),
                    HasSubstr("WARC-Payload-Digest: sha256:" + sha256_hex("hello")),
                    HasSubstr("WARC-Protocol: http/1.1\r\n"), Not(HasSubstr("WARC-Truncated"))));
}

TEST(WarcWriter, SameValuesGiveTheSameBytes) {
  EXPECT_EQ(written(answered()), written(answered()));
}

TEST(WarcWriter, NameFollowsTheContentNotTheFile) {
  const ExchangeEvidence exchange = answered();
  std::ostringstream one, other;
  WarcWriter(one, kNoon, {}).add({.exchange = exchange});
  WarcWriter(other, kNoon + 1h, {{"description", "another file"}}).add({.exchange = exchange});
  const auto id_in = [](const std::string& file) {
    const auto at = file.find("WARC-Record-ID: ", file.find("WARC-Type: response"));
    return file.substr(at, 63);
  };
  EXPECT_EQ(id_in(one.str()), id_in(other.str()));
}

TEST(WarcWriter, SharedExchangeIsWrittenOnce) {
  const ExchangeEvidence exchange = answered();
  const std::string file =
      written({{.exchange = exchange, .leg = Leg::control}, {.exchange = exchange, .leg = Leg::control}});
  EXPECT_EQ(count(file, "WARC-Type: response"), 1);
  EXPECT_EQ(count(file, "WARC-Type: metadata"), 1);
}

TEST(WarcWriter, TwoWhoGotTheSameAnswerAreBothWritten) {
  const ExchangeEvidence exchange = answered();
  const std::string file =
      written({{.exchange = exchange, .leg = Leg::context}, {.exchange = exchange, .leg = Leg::control}});
  EXPECT_EQ(count(file, "WARC-Type: response"), 2);
  EXPECT_TRUE(is_read_by_others(file));
}

TEST(WarcWriter, Http2IsWrittenAsHttp1AndNamed) {
  ExchangeEvidence exchange = answered();
  exchange.request = "GET / HTTP/2\r\nHost: item.taobao.com\r\n\r\n";
  exchange.response = "HTTP/2 200 \r\ncontent-type: text/html\r\n\r\n";
  exchange.hop.http_version = "2";
  exchange.hop.tls_version = "TLSv1.3";
  exchange.hop.tls_cipher = "TLS_AES_128_GCM_SHA256";
  const std::string file = written(exchange);
  EXPECT_THAT(file,
              AllOf(HasSubstr("WARC-Protocol: h2\r\nWARC-Protocol: tls/1.3\r\n"),
                    HasSubstr("WARC-Cipher-Suite: TLS_AES_128_GCM_SHA256\r\n"), HasSubstr("\r\n\r\nGET / HTTP/1.1\r\n"),
                    HasSubstr("\r\n\r\nHTTP/1.1 200 \r\n"), Not(HasSubstr("HTTP/2"))));
  EXPECT_TRUE(is_read_by_others(file));
}

TEST(WarcWriter, ChunkedAnswerIsReadWithItsPayload) {
  ExchangeEvidence exchange = answered();
  exchange.response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_TRUE(is_read_by_others(written(exchange)));
}

TEST(WarcWriter, WhyAnAnswerIsNotWholeIsSaid) {
  for (const char* reason : {"length", "time", "disconnect", "unspecified"}) {
    ExchangeEvidence exchange = answered();
    exchange.body = "hel";
    exchange.truncated = reason;
    const std::string file = written(exchange);
    EXPECT_THAT(file, HasSubstr(std::string("WARC-Truncated: ") + reason + "\r\n"));
    EXPECT_TRUE(is_read_by_others(file)) << reason;
  }
}

TEST(WarcWriter, ReaderSeesAByteThatIsMissing) {
  std::string file = written(answered());
  file.erase(file.find("hello"), 1);
  EXPECT_FALSE(is_read_by_others(file));
}

TEST(WarcWriter, FailureBeforeAnAnswerLeavesWhatThereWas) {
  ExchangeEvidence exchange = answered();
  exchange.response.clear();
  exchange.body.clear();
  Failure failure;
  failure.name = FailureName::tcp_reset;
  failure.text = "Connection reset by peer";
  const std::string asked = written({{.exchange = exchange, .failure = &failure}});
  EXPECT_EQ(count(asked, "WARC-Type: request"), 1);
  EXPECT_EQ(count(asked, "WARC-Type: response"), 0);
  EXPECT_THAT(asked, HasSubstr("failure: tcp_reset\r\nfailure-text: Connection reset by peer\r\n"));
  EXPECT_TRUE(is_read_by_others(asked));
  exchange.request.clear();
  exchange.hop.address.clear();
  const std::string unasked = written({{.exchange = exchange, .failure = &failure}});
  EXPECT_EQ(count(unasked, "WARC-Type: request"), 0);
  EXPECT_EQ(count(unasked, "WARC-Type: metadata"), 1);
  EXPECT_TRUE(is_read_by_others(unasked));
}

TEST(WarcWriter, WayToAHopIsInItsMetadata) {
  const ExchangeEvidence exchange = answered();
  const std::string file = written(
      {{.exchange = exchange, .hop = 2, .previous_url = "https://tb.cn/x", .notes = {{"context", "qq/group"}}}});
  EXPECT_THAT(file,
              HasSubstr("via: https://tb.cn/x\r\nhopsFromSeed: RR\r\nleg: context\r\nhop: 2\r\ncontext: qq/group\r\n"));
}

TEST(WarcWriter, DocumentKeepsItsDigest) {
  std::ostringstream out;
  WarcWriter(out, kNoon, {}).add_document(kNoon, "https://tb.cn/x", {{"Linkaudit-Entry", "7"}}, R"({"a":1})");
  EXPECT_THAT(out.str(), AllOf(HasSubstr("WARC-Block-Digest: sha256:" + sha256_hex(R"({"a":1})")),
                               HasSubstr("Linkaudit-Entry: 7\r\n"), HasSubstr("Content-Type: application/json\r\n")));
  EXPECT_TRUE(is_read_by_others(out.str()));
}

}  // namespace
}  // namespace linkaudit::probes
