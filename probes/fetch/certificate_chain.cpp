#include "probes/fetch/certificate_chain.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <new>

#include "probes/page/digest.h"

namespace linkaudit::probes {
namespace {

std::string sha256_of(const STACK_OF(X509) * chain) {
  std::string all;
  for (int at = 0; at < sk_X509_num(chain); ++at) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(sk_X509_value(chain, at), &der);
    if (size < 0) throw std::bad_alloc();
    all.append(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
  }
  return all.empty() ? std::string() : sha256_hex(all);
}

int verify(X509_STORE_CTX* verifying, void* noted) noexcept {
  try {
    auto& hop = *static_cast<Hop*>(noted);
    hop.tls_chain_sha256 = sha256_of(X509_STORE_CTX_get0_untrusted(verifying));
    const auto* session =
        static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(verifying, SSL_get_ex_data_X509_STORE_CTX_idx()));
    const SSL_CIPHER* cipher = session == nullptr ? nullptr : SSL_get_pending_cipher(session);
    if (session != nullptr) hop.tls_version = SSL_get_version(session);
    if (cipher != nullptr) hop.tls_cipher = SSL_CIPHER_get_name(cipher);
  } catch (...) {  // out of memory: the digest is missing, what is verified is not
  }
  return X509_verify_cert(verifying);
}

}  // namespace

std::string chain_sha256(const SSL* session) {
  return sha256_of(SSL_get_peer_cert_chain(session));
}

void note_shown_tls(SSL_CTX* context, Hop& hop) {
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);  // a later handshake would find `hop` gone
  SSL_CTX_set_cert_verify_callback(context, &verify, &hop);
}

}  // namespace linkaudit::probes
