#include "tests/probes/fetch/certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace linkaudit::probes {
namespace {

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("no extension " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

Identity make_identity(const std::string& name, const Identity* issuer, long from_s, long to_s) {
  Identity made{std::unique_ptr<EVP_PKEY, FreeKey>(EVP_EC_gen("P-256")),
                std::unique_ptr<X509, FreeCertificate>(X509_new())};
  X509* certificate = made.certificate.get();
  static long serial = 0;
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), from_s);
  X509_gmtime_adj(X509_getm_notAfter(certificate), to_s);
  X509_set_pubkey(certificate, made.key.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  const Identity& signer = issuer == nullptr ? made : *issuer;
  X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
  add_extension(certificate, signer.certificate.get(), NID_basic_constraints,
                issuer == nullptr ? "critical,CA:TRUE" : "CA:FALSE");
  add_extension(certificate, signer.certificate.get(), NID_subject_alt_name, "DNS:" + name);
  if (X509_sign(certificate, signer.key.get(), EVP_sha256()) == 0) throw std::runtime_error("cannot sign");
  return made;
}

std::string write_pem(const Identity& identity, const std::string& directory) {
  static int count = 0;
  const std::string path =
      directory + "/linkaudit-test-ca-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + ".pem";
  FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) throw std::runtime_error("cannot write " + path);
  PEM_write_X509(file, identity.certificate.get());
  std::fclose(file);
  return path;
}

}  // namespace linkaudit::probes
