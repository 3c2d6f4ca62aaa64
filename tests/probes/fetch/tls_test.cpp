// TLS as it is negotiated, and each way in which it fails.
#include <gtest/gtest.h>

#include <filesystem>

#include "probes/page/digest.h"
#include "tests/probes/fetch/fetching.h"

namespace linkaudit::probes {
namespace {

std::string der(const Identity& identity) {
  std::string bytes(static_cast<std::size_t>(i2d_X509(identity.certificate.get(), nullptr)), '\0');
  auto* end = reinterpret_cast<unsigned char*>(bytes.data());
  i2d_X509(identity.certificate.get(), &end);
  return bytes;
}

class Tls : public testing::Test {
 protected:
  ~Tls() override { std::filesystem::remove(ca_file_); }

  LegResult fetch_from(const ScriptServer& server, const std::string& url = "https://a.cn/") {
    NetworkSettings settings = towards(server);
    settings.ca_file = ca_file_;
    return fetch(settings, direct(url));
  }

  LegResult fetch_with(const Identity& identity) {
    ScriptServer server({.identity = &identity});
    server.on("", page("x"));
    return fetch_from(server);
  }

  const Identity root_ = make_identity("Test Root", nullptr);
  const std::string ca_file_ = write_pem(root_, testing::TempDir());
};

TEST_F(Tls, GoodCertificatePassesAndWhatWasNegotiatedIsKept) {
  const LegResult leg = fetch_with(make_identity("a.cn", &root_));
  EXPECT_EQ(failure_name(leg), "") << leg.failure->text;
  const Hop& hop = leg.exchanges[0].hop;
  EXPECT_EQ(hop.tls_version, "TLSv1.3");
  EXPECT_TRUE(hop.tls_cipher.starts_with("TLS_")) << hop.tls_cipher;
  EXPECT_GE(hop.timing.tls, 0);
}

TEST_F(Tls, ChainIsKeptAsTheServerSentIt) {
  const Identity identity = make_identity("a.cn", &root_), stranger = make_identity("b.cn", nullptr);
  const struct {
    const Identity* sent_along;
    std::string sent;
  } rows[] = {{nullptr, der(identity)},
              {&root_, der(identity) + der(root_)},
              {&stranger, der(identity) + der(stranger)}};  // no part of what is verified, but shown
  for (const auto& row : rows) {
    ScriptServer server({.identity = &identity, .sent_along = row.sent_along});
    server.on("", page("x"));
    const LegResult leg = fetch_from(server);
    ASSERT_EQ(failure_name(leg), "") << leg.failure->text;
    EXPECT_EQ(leg.exchanges[0].hop.tls_chain_sha256, sha256_hex(row.sent));
  }
}

TEST_F(Tls, ChainIsKeptOnAConnectionThatIsUsedAgain) {
  const Identity identity = make_identity("a.cn", &root_);
  ScriptServer server({.identity = &identity});
  server.on("/", redirect_to("/end"));
  server.on("/end", page("x"));
  const LegResult leg = fetch_from(server);
  ASSERT_EQ(leg.exchanges.size(), 2U);
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(leg.exchanges[0].hop.tls_chain_sha256, sha256_hex(der(identity)));
  EXPECT_EQ(leg.exchanges[1].hop.tls_chain_sha256, sha256_hex(der(identity)));
}

TEST_F(Tls, ChainIsKeptWhenTheSessionIsResumed) {
  const Identity identity = make_identity("a.cn", &root_);
  ScriptServer server({.identity = &identity, .sent_along = &root_});
  server.on("/", [](Peer& peer, const Request&) {
    peer.answer("302 Found", "Location: /end\r\nConnection: close\r\n", "");
    peer.close();
  });
  server.on("/end", page("x"));
  const LegResult leg = fetch_from(server);
  ASSERT_EQ(leg.exchanges.size(), 2U);
  EXPECT_EQ(server.connections(), 2);
  EXPECT_EQ(server.resumed(), 1);  // no certificate crosses the line
  EXPECT_EQ(leg.exchanges[1].hop.tls_chain_sha256, sha256_hex(der(identity) + der(root_)));
}

TEST_F(Tls, ARefusedCertificateWasConnectedFor) {
  const LegResult leg = fetch_with(make_identity("other.cn", &root_));
  EXPECT_EQ(failure_name(leg), "tls_name_mismatch");
  EXPECT_GE(leg.exchanges[0].hop.timing.connect, 0);
  EXPECT_EQ(leg.exchanges[0].hop.timing.tls, -1);
}

TEST_F(Tls, DowngradeToHttpShowsInTheHops) {
  const Identity identity = make_identity("a.cn", &root_);
  ScriptServer secure({.identity = &identity}), plain;
  secure.on("/", redirect_to("http://a.cn/end"));
  plain.on("/end", page("x"));
  NetworkSettings settings = towards(plain);
  settings.ca_file = ca_file_;
  settings.connect_to = {":443:127.0.0.1:" + std::to_string(secure.port()),
                         ":80:127.0.0.1:" + std::to_string(plain.port())};
  const LegResult leg = fetch(settings, direct("https://a.cn/"));
  EXPECT_EQ(road(leg), "https://a.cn/ http, http://a.cn/end");
  ASSERT_EQ(leg.exchanges.size(), 2U);
  EXPECT_NE(leg.exchanges[0].hop.tls_chain_sha256, "");
  EXPECT_EQ(leg.exchanges[1].hop.tls_version + leg.exchanges[1].hop.tls_cipher, "");
  EXPECT_EQ(leg.exchanges[1].hop.tls_chain_sha256, "");
}

TEST_F(Tls, FailuresAreNamed) {
  const Identity other_root = make_identity("Other Root", nullptr);
  const struct {
    const char* what;
    Identity identity;
    const char* failure;
  } rows[] = {
      {"expired", make_identity("a.cn", &root_, -7200, -3600), "tls_expired"},
      {"not yet valid", make_identity("a.cn", &root_, 3600, 7200), "tls_expired"},
      {"wrong name", make_identity("b.cn", &root_), "tls_name_mismatch"},
      {"unknown issuer", make_identity("a.cn", &other_root), "tls_untrusted"},
      {"self-signed", make_identity("a.cn", nullptr), "tls_untrusted"},
  };
  for (const auto& row : rows) {
    ScriptServer server({.identity = &row.identity});
    server.on("", page("x"));
    const LegResult leg = fetch_from(server);
    ASSERT_TRUE(leg.failure) << row.what;
    EXPECT_TRUE(server.requests().empty()) << row.what;  // nor is it asked without checking
    EXPECT_EQ(failure_name(leg), row.failure) << row.what << ": " << leg.failure->text;
    EXPECT_EQ(leg.failure->layer, Layer::tls) << row.what;
    EXPECT_EQ(leg.exchanges[0].hop.status, 0) << row.what;
    EXPECT_EQ(leg.exchanges[0].hop.tls_chain_sha256, sha256_hex(der(row.identity))) << row.what;
  }
}

TEST_F(Tls, ProtocolMismatchIsATlsFailure) {
  const Identity identity = make_identity("a.cn", &root_);
  ScriptServer server({.identity = &identity, .highest_version = TLS1_1_VERSION, .lowest_version = TLS1_VERSION});
  EXPECT_EQ(failure_name(fetch_from(server)), "tls_failure");
}

TEST_F(Tls, PlainServerBehindHttpsIsATlsFailure) {
  ScriptServer server;
  server.on_connect([](Peer& peer) {
    peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    peer.close();
  });
  EXPECT_EQ(failure_name(fetch_from(server)), "tls_failure");
}

TEST_F(Tls, ResetDuringTheHandshakeIsAReset) {
  ScriptServer server;
  server.on_connect([](Peer& peer) { peer.read_then_reset(); });
  const LegResult leg = fetch_from(server);
  EXPECT_EQ(failure_name(leg), "tcp_reset") << leg.failure->text;
}

TEST_F(Tls, ResetInTheBodyIsAReset) {
  const Identity identity = make_identity("a.cn", &root_);
  ScriptServer server({.identity = &identity});
  server.on("", [](Peer& peer, const Request&) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    peer.send_then_reset();
  });
  const LegResult leg = fetch_from(server);
  EXPECT_EQ(failure_name(leg), "tcp_reset") << leg.failure->text;
}

TEST_F(Tls, UnusableCaFileThrows) {
  NetworkSettings settings;
  settings.ca_file = "/nonexistent/ca.pem";
  EXPECT_THROW(LegRunner{settings}, std::runtime_error);
  settings.ca_file = "/dev/null";
  EXPECT_THROW(LegRunner{settings}, std::runtime_error);
}

TEST_F(Tls, CredentialsAreNotSentOnInTheClear) {
  const Identity identity = make_identity("a.cn", &root_);
  ScriptServer secure({.identity = &identity});
  ScriptServer plain;
  secure.on("/down", redirect_to("http://a.cn/end"));
  secure.on("/end", page("x"));
  plain.on("/up", redirect_to("https://a.cn/end"));
  plain.on("/end", page("x"));
  NetworkSettings settings = towards(plain);
  settings.ca_file = ca_file_;
  settings.connect_to = {":443:127.0.0.1:" + std::to_string(secure.port()),
                         ":80:127.0.0.1:" + std::to_string(plain.port())};
  for (const char* url : {"https://a.cn/down", "http://a.cn/up"}) {
    LegRequest request = direct(url);
    request.client.headers = {{"Authorization", "Bearer secret"}};
    EXPECT_EQ(failure_name(fetch(settings, request)), "");
  }
  ASSERT_EQ(plain.requests().size(), 2U);
  ASSERT_EQ(secure.requests().size(), 2U);
  EXPECT_EQ(plain.requests()[0].header("Authorization"), "");
  EXPECT_EQ(secure.requests()[1].header("Authorization"), "Bearer secret");
}

}  // namespace
}  // namespace linkaudit::probes
