#include "probes/fetch/ca_file.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>

namespace linkaudit::probes {

std::string fault_of_ca_file(const std::string& path) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> file(BIO_new_file(path.c_str(), "r"), &BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr) : nullptr, &X509_free);
  ERR_clear_error();
  if (!file) return "cannot be read";
  return certificate ? "" : "holds no certificate";
}

void require_ca_file(const std::string& path) {
  const std::string fault = fault_of_ca_file(path);
  if (!fault.empty()) throw std::runtime_error("ca_file: " + path + " " + fault);
}

}  // namespace linkaudit::probes
