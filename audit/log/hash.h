// SHA-256 by OpenSSL, and its lower-case hex form.
#pragma once

#include <cstring>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "audit/log/log.h"

namespace linkaudit::log {

// Fetches the algorithm once; use one for many digests. One thread.
class Hasher {
 public:
  Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  ~Hasher();

  // Of the parts one after another.
  Digest operator()(std::initializer_list<std::string_view> parts);
  Digest operator()(std::string_view text) { return (*this)({text}); }

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// For tables of digests, which are spread evenly as they are.
struct DigestHash {
  std::size_t operator()(const Digest& digest) const noexcept {
    std::size_t first = 0;
    std::memcpy(&first, digest.data(), sizeof first);
    return first;
  }
};

std::string_view bytes_of(const Digest& digest);
std::optional<Digest> digest_from_bytes(std::string_view bytes);
std::optional<Digest> digest_from_hex(std::string_view hex);

}  // namespace linkaudit::log
