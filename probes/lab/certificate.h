// A certificate authority of the lab's own, made at start, and certificates for whatever host is asked for.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace linkaudit::probes {

struct OpenSslFree {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, OpenSslFree>;
using Certificate = std::unique_ptr<X509, OpenSslFree>;

// EC P-256 throughout. The private keys never leave memory. Immutable after construction; safe to share between
// threads. Throws std::runtime_error when OpenSSL refuses.
class CertificateAuthority {
 public:
  CertificateAuthority();

  std::string pem() const;

  // For one DNS name, or an IP address in its usual spelling; valid from yesterday for two days, for leaf_key().
  Certificate issue(const std::string& host) const;
  EVP_PKEY* leaf_key() const { return leaf_key_.get(); }

 private:
  PrivateKey key_, leaf_key_;
  Certificate certificate_;
};

}  // namespace linkaudit::probes
