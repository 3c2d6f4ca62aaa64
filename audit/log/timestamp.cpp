#include "audit/log/timestamp.h"

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include <ctime>
#include <memory>

#include "audit/log/hash.h"

namespace linkaudit::log {
namespace {

template <auto Function>
struct Freed {
  template <typename Value>
  void operator()(Value* value) const {
    Function(value);
  }
};
using Request = std::unique_ptr<TS_REQ, Freed<TS_REQ_free>>;
using Response = std::unique_ptr<TS_RESP, Freed<TS_RESP_free>>;
using VerifyContext = std::unique_ptr<TS_VERIFY_CTX, Freed<TS_VERIFY_CTX_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, Freed<TS_MSG_IMPRINT_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Freed<X509_ALGOR_free>>;
using Number = std::unique_ptr<ASN1_INTEGER, Freed<ASN1_INTEGER_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;

void require(bool good) {
  if (!good) throw std::runtime_error("OpenSSL cannot make a time-stamp request");
}

Imprint imprint_of(std::string_view message) {
  Hasher hasher;
  Digest digest = hasher(message);
  Imprint imprint(TS_MSG_IMPRINT_new());
  const Algorithm algorithm(X509_ALGOR_new());
  require(imprint && algorithm);
  require(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
  require(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1);
  require(TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(digest.size())) == 1);
  return imprint;
}

Number random_number() {
  std::uint64_t value = 0;
  require(RAND_bytes(reinterpret_cast<unsigned char*>(&value), sizeof value) == 1);
  Number number(ASN1_INTEGER_new());
  require(number && ASN1_INTEGER_set_uint64(number.get(), value) == 1);
  return number;
}

template <typename Value, typename Parse>
auto parsed(std::string_view der, const Parse& parse) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  Value value(parse(nullptr, &bytes, static_cast<long>(der.size())));
  const bool whole = bytes == reinterpret_cast<const unsigned char*>(der.data()) + der.size();
  ERR_clear_error();
  return whole ? std::move(value) : Value();
}

std::optional<Instant> instant_in(TS_RESP* response) {
  std::tm time{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(TS_RESP_get_tst_info(response)), &time) != 1) return std::nullopt;
  return Instant(std::chrono::seconds(::timegm(&time)));
}

// Why OpenSSL says no; its queue of errors is emptied.
std::string reason() {
  const unsigned long code = ERR_peek_last_error();
  const char* text = code == 0 ? nullptr : ERR_reason_error_string(code);
  ERR_clear_error();
  return text == nullptr ? "does not verify" : std::string("does not verify: ") + text;
}

}  // namespace

std::string timestamp_request(std::string_view message) {
  const Request request(TS_REQ_new());
  const Imprint imprint = imprint_of(message);
  const Number nonce = random_number();
  require(request && TS_REQ_set_version(request.get(), 1) == 1);
  require(TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1);
  require(TS_REQ_set_nonce(request.get(), nonce.get()) == 1 && TS_REQ_set_cert_req(request.get(), 1) == 1);
  unsigned char* bytes = nullptr;
  const int length = i2d_TS_REQ(request.get(), &bytes);
  require(length > 0);
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  OPENSSL_free(bytes);
  return der;
}

TimestampCheck check_timestamp(std::string_view request_der, std::string_view reply_der, std::string_view message,
                               const std::string& authorities) {
  const auto request = parsed<Request>(request_der, d2i_TS_REQ);
  const auto response = parsed<Response>(reply_der, d2i_TS_RESP);
  if (!request || !response) return {std::nullopt, "is no time-stamp", false};
  if (TS_RESP_get_tst_info(response.get()) == nullptr) return {std::nullopt, "was not granted", false};
  Hasher hasher;
  const ASN1_OCTET_STRING* imprint = TS_MSG_IMPRINT_get_msg(TS_REQ_get_msg_imprint(request.get()));
  const std::string_view asked(reinterpret_cast<const char*>(ASN1_STRING_get0_data(imprint)),
                               static_cast<std::size_t>(ASN1_STRING_length(imprint)));
  if (asked != bytes_of(hasher(message))) return {std::nullopt, "is of something else", false};
  const VerifyContext context(TS_REQ_to_TS_VERIFY_CTX(request.get(), nullptr));
  if (!context) return {std::nullopt, reason(), false};
  if (!authorities.empty()) {
    Store store(X509_STORE_new());
    if (!store || X509_STORE_load_file(store.get(), authorities.c_str()) != 1) {
      ERR_clear_error();
      throw LogRefused(authorities + ": holds no certificates (PEM)");
    }
    if (const auto at = instant_in(response.get())) {
      const auto seconds = std::chrono::floor<std::chrono::seconds>(at->time_since_epoch());
      X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), seconds.count());
    }
    TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_SIGNATURE);
    TS_VERIFY_CTX_set_store(context.get(), store.release());
  }
  if (TS_RESP_verify_response(context.get(), response.get()) != 1) return {std::nullopt, reason(), false};
  return {instant_in(response.get()), "", !authorities.empty()};
}

bool is_signed_timestamp(std::string_view reply) {
  using Output = std::unique_ptr<BIO, Freed<BIO_free_all>>;
  const auto response = parsed<Response>(reply, d2i_TS_RESP);
  const Output ignored(BIO_new(BIO_s_null()));
  if (!response || TS_RESP_get_token(response.get()) == nullptr || !ignored) return false;
  const bool is_signed =
      PKCS7_verify(TS_RESP_get_token(response.get()), nullptr, nullptr, nullptr, ignored.get(), PKCS7_NOVERIFY) == 1;
  ERR_clear_error();
  return is_signed;
}

}  // namespace linkaudit::log
