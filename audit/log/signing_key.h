// Ed25519 keys (RFC 8032, by OpenSSL) under a name, in the text forms of C2SP signed-note and of Go's sumdb/note:
// "NAME+HASH+BASE64" for the public one, "PRIVATE+KEY+NAME+HASH+BASE64" for the private one.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace linkaudit::log {

// A name of a key and of what it signs: UTF-8 without spaces, control characters and '+'.
bool is_key_name(std::string_view name);

struct PublicKey {
  std::string name;
  std::uint32_t id = 0;  // key ID: the first four bytes of a digest of name and key
  std::array<unsigned char, 32> bytes{};

  std::string text() const;
  std::string pem() const;  // as the openssl program reads it
  bool verifies(std::string_view message, std::string_view signature) const;

  bool operator==(const PublicKey&) const = default;
};

std::optional<PublicKey> public_key_from(std::string_view text);

// Holds a secret: its text goes into a file of mode 0600 and nowhere else.
class SigningKey {
 public:
  static SigningKey make(const std::string& name);  // std::invalid_argument where it is no name
  static std::optional<SigningKey> from(std::string_view text);

  const PublicKey& public_key() const { return public_key_; }
  std::string text() const;
  std::string sign(std::string_view message) const;  // 64 bytes

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  using Key = std::unique_ptr<EVP_PKEY, Free>;

  SigningKey(std::string name, Key key);

  Key key_;
  PublicKey public_key_;
};

}  // namespace linkaudit::log
