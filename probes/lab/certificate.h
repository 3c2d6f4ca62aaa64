// A certificate authority of the lab's own, made at start, and certificates for whatever host is asked for.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace linkaudit::probes {

struct OpenSslFree {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, OpenSslFree>;
using Certificate = std::unique_ptr<X509, OpenSslFree>;

// EC P-256 throughout. The private keys never leave memory. Safe to share between threads. Throws std::runtime_error
// when OpenSSL refuses.
class CertificateAuthority {
 public:
  CertificateAuthority();

  std::string pem() const;

  // For one DNS name, or an IP address in its usual spelling; valid from yesterday for 29 days, for leaf_key(). As of a
  // real site the next one asked for is the same.
  Certificate issue(const std::string& host) const;
  EVP_PKEY* leaf_key() const { return leaf_key_.get(); }

 private:
  Certificate make(const std::string& host) const;

  PrivateKey key_, leaf_key_;
  Certificate certificate_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Certificate> issued_;  // by host
};

}  // namespace linkaudit::probes
