// The small parts that decide without a network.
#include <curl/curl.h>
#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>

#include <cerrno>

#include "probes/fetch/credential_fields.h"
#include "probes/fetch/failure_from_curl.h"
#include "probes/fetch/header_fields.h"
#include "probes/fetch/host_gates.h"
#include "probes/fetch/retry.h"

namespace linkaudit::probes {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(RetryAfter, SecondsAndDates) {
  const std::chrono::sys_seconds now{seconds(784111777)};  // 1994-11-06T08:49:37Z
  EXPECT_EQ(retry_after("0", now), seconds(0));
  EXPECT_EQ(retry_after("120", now), seconds(120));
  EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:50:37 GMT", now), seconds(60));
  EXPECT_EQ(retry_after("Sunday, 06-Nov-94 08:50:37 GMT", now), seconds(60));
  EXPECT_EQ(retry_after("Sun Nov  6 08:50:37 1994", now), seconds(60));
  EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now), seconds(0));
  EXPECT_GT(retry_after("99999999999999999999999", now).value(), seconds(1000000));
  for (const char* value : {"", "soon", "-5", "1.5"}) EXPECT_EQ(retry_after(value, now), std::nullopt) << value;
}

TEST(BackOff, GrowsWithJitterAndRepeatsForASeed) {
  BackOff first(7), second(7), other(8);
  bool differs = false;
  for (int attempt = 1; attempt <= 10; ++attempt) {
    const auto wait = first.after_attempt(attempt);
    EXPECT_EQ(wait, second.after_attempt(attempt));
    differs = differs || wait != other.after_attempt(attempt);
    const auto base = milliseconds(250 * (1 << std::min(attempt - 1, 5)));
    EXPECT_GE(wait, base / 2);
    EXPECT_LE(wait, base * 3 / 2);
  }
  EXPECT_TRUE(differs);
}

TEST(HostGates, CountAndSpaceEachHost) {
  const HostGates::Clock::time_point now{seconds(100)};
  HostGates gates(2, 10);
  EXPECT_LE(gates.opens("a"), now);
  gates.enter("a", now);
  EXPECT_EQ(gates.opens("a"), now + milliseconds(100));
  EXPECT_LE(gates.opens("b"), now);
  gates.enter("a", now + milliseconds(100));
  EXPECT_EQ(gates.opens("a"), std::nullopt);
  gates.leave("a", now + milliseconds(150));
  EXPECT_EQ(gates.opens("a"), now + milliseconds(200));
}

TEST(HostGates, NoRateMeansNoSpacing) {
  const HostGates::Clock::time_point now{seconds(100)};
  HostGates gates(3, 0);
  gates.enter("a", now);
  EXPECT_LE(gates.opens("a"), now);
}

TEST(Headers, AreKeptInOrderAndFoldedLinesJoined) {
  Headers headers;
  for (const char* line : {"A: 1\r\n", "b:2\r\n", " more\r\n", "a:  3  \r\n", "no colon\r\n", "C:\r\n"})
    add_header_line(headers, line);
  EXPECT_EQ(headers, (Headers{{"A", "1"}, {"b", "2 more"}, {"a", "3"}, {"C", ""}}));
  EXPECT_EQ(header_value(headers, "A"), "1, 3");
  EXPECT_EQ(first_header(headers, "a"), "1");
  EXPECT_EQ(first_header(headers, "C"), "");
  EXPECT_EQ(first_header(headers, "D"), std::nullopt);
}

TEST(FailureFromCurl, CodesHaveTheirNames) {
  const struct {
    CurlEnd end;
    FailureName name;
  } rows[] = {
      {{.code = CURLE_COULDNT_CONNECT, .os_error = ECONNREFUSED}, FailureName::tcp_refused},
      {{.code = CURLE_COULDNT_CONNECT, .os_error = EHOSTUNREACH}, FailureName::tcp_timeout},
      {{.code = CURLE_COULDNT_CONNECT, .os_error = ENETUNREACH}, FailureName::unknown_failure},
      {{.code = CURLE_COULDNT_CONNECT, .os_error = EMFILE}, FailureName::unknown_failure},
      {{.code = CURLE_COULDNT_CONNECT, .os_error = ETIMEDOUT}, FailureName::tcp_timeout},
      {{.code = CURLE_OPERATION_TIMEDOUT}, FailureName::tcp_timeout},
      {{.code = CURLE_OPERATION_TIMEDOUT, .connected = true}, FailureName::tls_failure},
      {{.code = CURLE_OPERATION_TIMEDOUT, .connected = true, .secured = true}, FailureName::http_timeout},
      {{.code = CURLE_OPERATION_TIMEDOUT, .os_error = ECONNRESET, .connected = true, .secured = true},
       FailureName::http_timeout},  // the reset was an earlier transfer's
      {{.code = CURLE_PEER_FAILED_VERIFICATION, .verify_result = X509_V_ERR_CERT_HAS_EXPIRED},
       FailureName::tls_expired},
      {{.code = CURLE_PEER_FAILED_VERIFICATION, .verify_result = X509_V_OK}, FailureName::tls_name_mismatch},
      {{.code = CURLE_PEER_FAILED_VERIFICATION, .verify_result = X509_V_ERR_CERT_REVOKED}, FailureName::tls_untrusted},
      {{.code = CURLE_SSL_CONNECT_ERROR, .connected = true}, FailureName::tls_failure},
      {{.code = CURLE_SSL_CONNECT_ERROR, .message = "Connection reset by peer", .connected = true},
       FailureName::tcp_reset},
      {{.code = CURLE_GOT_NOTHING}, FailureName::empty_reply},
      {{.code = CURLE_PARTIAL_FILE}, FailureName::http_incomplete},
      {{.code = CURLE_HTTP2_STREAM}, FailureName::http_incomplete},
      {{.code = CURLE_COULDNT_RESOLVE_PROXY}, FailureName::dns_failure},
      {{.code = CURLE_LDAP_CANNOT_BIND}, FailureName::unknown_failure},
  };
  for (const auto& row : rows) {
    const Failure failure = failure_from_curl(row.end);
    EXPECT_EQ(failure.name, row.name) << row.end.code << " " << failure.text;
    EXPECT_EQ(failure.layer, layer_of(row.name));
    EXPECT_EQ(failure.code, row.end.code);
    EXPECT_FALSE(failure.text.empty());
  }
}

TEST(FailureText, IsOneLineWithoutSecrets) {
  EXPECT_EQ(one_line("a\r\nb\tc"), "a  b c");
  EXPECT_EQ(one_line("proxy http://user:pass@proxy.cn:8080/x failed"), "proxy http://proxy.cn:8080/x failed");
  EXPECT_EQ(one_line("at https://a.cn/x?token=secret for 'b'"), "at https://a.cn/x? for 'b'");
  EXPECT_EQ(one_line(std::string(299, 'x') + "中文").size(), 299U);
  EXPECT_EQ(one_line(std::string(400, 'x')).size(), 300U);
}

TEST(CredentialFields, AreKnownByTheWordsOfTheirNames) {
  for (const char* name :
       {"Authorization", "proxy-authorization", "Cookie", "X-Api-Key", "x_api_key", "X-Auth-Token", "X-CSRF",
        "Authentication-Info", "apikey", "X-Session-Id", "Token", "X-Secret", "X-Goog-Signature"}) {
    EXPECT_TRUE(is_credential_field(name)) << name;
  }
  for (const char* name : {"Accept", "Accept-Language", "X-Requested-With", "Keyboard", "X-Author", "Referer", "ETag",
                           "", "Access-Control-Allow-Credentials", "WWW-Authenticate", "Sec-CH-UA"}) {
    EXPECT_FALSE(is_credential_field(name)) << name;
  }
  const Client client = without_credential_fields({"test/1", {{"X-Api-Key", "hush"}, {"Accept", "x"}}});
  EXPECT_EQ(client, (Client{"test/1", {{"Accept", "x"}}}));
}

}  // namespace
}  // namespace linkaudit::probes
