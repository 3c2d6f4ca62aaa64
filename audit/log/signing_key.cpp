#include "audit/log/signing_key.h"

#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "audit/log/base64.h"
#include "audit/log/hash.h"
#include "audit/log/utf8.h"

namespace linkaudit::log {
namespace {

constexpr std::string_view kPrivate = "PRIVATE+KEY+";
constexpr char kEd25519 = 1;
constexpr std::size_t kKeyBytes = 32, kSignatureBytes = 64;

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* bytes_in(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view text_of(const std::array<unsigned char, kKeyBytes>& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string("OpenSSL cannot ") + what);
}

std::uint32_t key_id(std::string_view name, std::string_view key) {
  Hasher hasher;
  const Digest digest = hasher({name, std::string_view("\n\x01", 2), key});
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < 4; ++i) id = id << 8U | digest[i];
  return id;
}

std::string text_form(const PublicKey& key, std::string_view bytes) {
  return fmt::format("{}+{:08x}+{}", key.name, key.id, to_base64(std::string(1, kEd25519).append(bytes)));
}

struct Parts {
  std::string name;
  std::uint32_t id = 0;
  std::string bytes;
};

// NAME+HASH+BASE64; base64 may hold a '+', the others may not.
std::optional<Parts> parts_of(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || second - first != 9) return std::nullopt;
  Parts parts;
  parts.name = text.substr(0, first);
  const std::string_view id = text.substr(first + 1, 8);
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), parts.id, 16);
  const auto bytes = from_base64(text.substr(second + 1));
  if (error != std::errc() || end != id.data() + id.size() || !is_key_name(parts.name)) return std::nullopt;
  if (!bytes || bytes->size() != 1 + kKeyBytes || bytes->front() != kEd25519) return std::nullopt;
  parts.bytes = bytes->substr(1);
  return parts;
}

}  // namespace

bool is_key_name(std::string_view name) {
  const auto fits = [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != '+' && c != 0x7f; };
  // Spaces beyond ASCII, as in the White_Space property of Unicode.
  constexpr std::string_view kSpaces[] = {"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                          "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
                                          "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
  return !name.empty() && name.size() <= 200 && std::all_of(name.begin(), name.end(), fits) &&
         well_formed(name) == name && std::none_of(std::begin(kSpaces), std::end(kSpaces), [&](auto space) {
           return name.find(space) != std::string_view::npos;
         });
}

std::string PublicKey::text() const {
  return text_form(*this, text_of(bytes));
}

std::string PublicKey::pem() const {
  // RFC 8410: the fixed beginning of a SubjectPublicKeyInfo of Ed25519.
  constexpr std::string_view kPrefix("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
  return "-----BEGIN PUBLIC KEY-----\n" + to_base64(std::string(kPrefix).append(text_of(bytes))) +
         "\n-----END PUBLIC KEY-----\n";
}

bool PublicKey::verifies(std::string_view message, std::string_view signature) const {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()), &EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new());
  if (!key || !context || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) {
    fail("check a signature");
  }
  return EVP_DigestVerify(context.get(), bytes_in(signature), signature.size(), bytes_in(message), message.size()) == 1;
}

std::optional<PublicKey> public_key_from(std::string_view text) {
  auto parts = parts_of(text);
  if (!parts || key_id(parts->name, parts->bytes) != parts->id) return std::nullopt;
  PublicKey key{std::move(parts->name), parts->id, {}};
  std::copy(parts->bytes.begin(), parts->bytes.end(), key.bytes.begin());
  return key;
}

SigningKey::SigningKey(std::string name, Key key) : key_(std::move(key)) {
  std::size_t length = public_key_.bytes.size();
  if (!key_ || EVP_PKEY_get_raw_public_key(key_.get(), public_key_.bytes.data(), &length) != 1) fail("use this key");
  public_key_.name = std::move(name);
  public_key_.id = key_id(public_key_.name, text_of(public_key_.bytes));
}

SigningKey SigningKey::make(const std::string& name) {
  if (!is_key_name(name)) throw std::invalid_argument("\"" + name + "\" is no name for a key");
  std::array<unsigned char, kKeyBytes> seed{};
  if (RAND_bytes(seed.data(), static_cast<int>(seed.size())) != 1) fail("make a key");
  return {name, Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()))};
}

std::optional<SigningKey> SigningKey::from(std::string_view text) {
  if (text.substr(0, kPrivate.size()) != kPrivate) return std::nullopt;
  const auto parts = parts_of(text.substr(kPrivate.size()));
  if (!parts) return std::nullopt;
  SigningKey key(parts->name, Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_in(parts->bytes),
                                                               parts->bytes.size())));
  if (key.public_key_.id != parts->id) return std::nullopt;
  return key;
}

std::string SigningKey::text() const {
  std::array<unsigned char, kKeyBytes> seed{};
  std::size_t length = seed.size();
  if (EVP_PKEY_get_raw_private_key(key_.get(), seed.data(), &length) != 1) fail("read this key");
  return std::string(kPrivate) + text_form(public_key_, text_of(seed));
}

std::string SigningKey::sign(std::string_view message) const {
  const Context context(EVP_MD_CTX_new());
  std::string signature(kSignatureBytes, '\0');
  std::size_t length = signature.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, bytes_in(message),
                     message.size()) != 1) {
    fail("sign");
  }
  return signature;
}

}  // namespace linkaudit::log
