#include "audit/run/screenshot.h"

#include <openssl/evp.h>

#include <stdexcept>
#include <string_view>

namespace linkaudit::run {
namespace {

std::string sha256_hex(std::string_view bytes) {
  log::Digest digest{};
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return log::to_hex(digest);
}

}  // namespace

tl::expected<log::Blob, std::string> screenshot_blob(const std::string& name, std::string bytes) {
  constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n", kJpeg = "\xff\xd8\xff";
  if (!bytes.starts_with(kPng) && !bytes.starts_with(kJpeg)) {
    return tl::unexpected(name + ": neither PNG nor JPEG");
  }
  log::Blob blob;
  blob.sha256 = sha256_hex(bytes);
  blob.bytes = std::move(bytes);
  blob.kind = "screenshot";
  return blob;
}

}  // namespace linkaudit::run
