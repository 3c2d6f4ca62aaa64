#include "probes/lab/certificate.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <stdexcept>

namespace linkaudit::probes {
namespace {

constexpr long kDay = 24 * 60 * 60, kDaysValid = 30;
constexpr std::size_t kMostIssued = 4096;

void must(bool held) {
  if (!held) throw std::runtime_error("lab: OpenSSL cannot make a certificate");
}

PrivateKey new_key() {
  PrivateKey key(EVP_EC_gen("P-256"));
  must(key != nullptr);
  return key;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  must(extension != nullptr);
  const int added = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  must(added == 1);
}

void set_serial(X509* certificate) {
  std::uint64_t serial = 0;
  must(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
  must(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1);
}

// Without extensions, not signed yet.
Certificate blank(const std::string& subject, EVP_PKEY* key, long days) {
  Certificate certificate(X509_new());
  must(certificate != nullptr);
  must(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  set_serial(certificate.get());
  must(X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDay) != nullptr);
  must(X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * kDay) != nullptr);
  const auto* text = reinterpret_cast<const unsigned char*>(subject.data());
  must(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8, text,
                                  static_cast<int>(subject.size()), -1, 0) == 1);
  must(X509_set_pubkey(certificate.get(), key) == 1);
  return certificate;
}

// A name may end up in an extension's own little language: nothing but letters, digits, dots and hyphens.
bool is_host_name(const std::string& host) {
  return !host.empty() && std::ranges::all_of(host, [](unsigned char c) {
    return c == '.' || c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  });
}

bool is_address(const std::string& host) {
  return host.find_first_not_of("0123456789.") == std::string::npos;
}

}  // namespace

CertificateAuthority::CertificateAuthority() : key_(new_key()), leaf_key_(new_key()) {
  certificate_ = blank("linkaudit lab", key_.get(), kDaysValid);
  X509* self = certificate_.get();
  must(X509_set_issuer_name(self, X509_get_subject_name(self)) == 1);
  add_extension(self, self, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(self, self, NID_subject_key_identifier, "hash");
  must(X509_sign(self, key_.get(), EVP_sha256()) > 0);
}

std::string CertificateAuthority::pem() const {
  const std::unique_ptr<BIO, int (*)(BIO*)> memory(BIO_new(BIO_s_mem()), BIO_free);
  must(memory != nullptr && PEM_write_bio_X509(memory.get(), certificate_.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Certificate CertificateAuthority::issue(const std::string& host) const {
  must(is_host_name(host));
  const std::lock_guard lock(mutex_);
  if (issued_.size() >= kMostIssued) issued_.clear();
  Certificate& known = issued_[host];
  if (!known) known = make(host);
  must(X509_up_ref(known.get()) == 1);
  return Certificate(known.get());
}

Certificate CertificateAuthority::make(const std::string& host) const {
  // A common name has at most 64 characters; the name that counts is in the extension.
  Certificate leaf = blank(host.substr(0, 64), leaf_key_.get(), kDaysValid - 1);
  must(X509_set_issuer_name(leaf.get(), X509_get_subject_name(certificate_.get())) == 1);
  add_extension(leaf.get(), certificate_.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(leaf.get(), certificate_.get(), NID_ext_key_usage, "serverAuth");
  add_extension(leaf.get(), certificate_.get(), NID_authority_key_identifier, "keyid");
  add_extension(leaf.get(), certificate_.get(), NID_subject_alt_name, (is_address(host) ? "IP:" : "DNS:") + host);
  must(X509_sign(leaf.get(), key_.get(), EVP_sha256()) > 0);
  return leaf;
}

}  // namespace linkaudit::probes
