// DNS, TCP and TLS.
#include <netdb.h>

#include "tests/probes/failures/behaviour.h"

namespace linkaudit::probes {
namespace {

const char kNames[] = "*.shop.example,DNS:*.chat.example";

Handshake showing(const Identity& identity) {
  return [&identity](SSL* ssl) {
    SSL_use_certificate(ssl, identity.certificate.get());
    SSL_use_PrivateKey(ssl, identity.key.get());
  };
}

void speak_an_old_protocol(SSL* ssl) {
  SSL_set_security_level(ssl, 0);
  SSL_set_min_proto_version(ssl, TLS1_VERSION);
  SSL_set_max_proto_version(ssl, TLS1_1_VERSION);
}

// The server's key is of another kind than the cipher wants.
void have_no_cipher_in_common(SSL* ssl) {
  SSL_set_max_proto_version(ssl, TLS1_2_VERSION);
  SSL_set_cipher_list(ssl, "ECDHE-RSA-AES128-GCM-SHA256");
}

void answer_in_the_clear(Peer& peer) {
  peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
  peer.close();
}

}  // namespace

Certificates make_certificates() {
  Certificates made;
  made.root = make_identity("Test Root", nullptr);
  made.other_root = make_identity("Other Root", nullptr);
  made.good = make_identity(kNames, &made.root);
  made.expired = make_identity(kNames, &made.root, -7200, -3600);
  made.not_yet_valid = make_identity(kNames, &made.root, 3600, 7200);
  made.other_name = make_identity("other.example", &made.root);
  made.untrusted = make_identity(kNames, &made.other_root);
  made.self_signed = make_identity(kNames, nullptr);
  return made;
}

std::vector<Behaviour> connecting_behaviours(const Certificates& certificates) {
  return {
      {"nxdomain", NameFails{EAI_NONAME}},
      {"dns_empty_answer", NameFails{EAI_NODATA}},
      {"dns_server_failure", NameFails{EAI_AGAIN}},
      {"dns_refusal", NameFails{EAI_FAIL}},
      {"connection_refused", NobodyListens{}},
      {"connect_timeout", NobodyIsLetIn{}, true},
      {"tls_expired_certificate", showing(certificates.expired)},
      {"tls_certificate_not_yet_valid", showing(certificates.not_yet_valid)},
      {"tls_certificate_of_another_name", showing(certificates.other_name)},
      {"tls_unknown_issuer", showing(certificates.untrusted)},
      {"tls_self_signed", showing(certificates.self_signed)},
      {"tls_old_protocol", Handshake(speak_an_old_protocol)},
      {"tls_no_common_cipher", Handshake(have_no_cipher_in_common)},
      {"tls_none_spoken", BeforeTls(answer_in_the_clear)},
      {"tls_closed_in_handshake", BeforeTls([](Peer& peer) { peer.close(); })},
      {"tls_reset_in_handshake", BeforeTls([](Peer& peer) { peer.read_then_reset(); })},
      {"tls_silence", BeforeTls([](Peer& peer) { peer.wait(); }), true},
  };
}

}  // namespace linkaudit::probes
