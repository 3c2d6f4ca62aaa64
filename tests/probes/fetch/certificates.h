// Certificates made on the spot, for servers of tests.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace linkaudit::probes {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

struct Identity {
  std::unique_ptr<EVP_PKEY, FreeKey> key;
  std::unique_ptr<X509, FreeCertificate> certificate;
};

// Valid from `from_s` to `to_s` seconds from now, for the name, signed by `issuer` (itself when null).
Identity make_identity(const std::string& name, const Identity* issuer, long from_s = -3600, long to_s = 3600);

// The certificate as PEM in a new file under `directory`.
std::string write_pem(const Identity& identity, const std::string& directory);

}  // namespace linkaudit::probes
