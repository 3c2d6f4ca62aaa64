#include "reports/page/markup.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cctype>
#include <stdexcept>

#include "reports/text.h"

namespace linkaudit::reports::page {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : plain_text(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string anchor(std::string_view before, std::string_view name) {
  std::string out(before);
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    out += std::isalnum(byte) != 0 && byte < 0x80 ? static_cast<char>(std::tolower(byte)) : '-';
  }
  return out;
}

std::string_view tone_class(Tone tone) {
  switch (tone) {
    case Tone::good: return "tone-good";
    case Tone::fair: return "tone-fair";
    case Tone::bad: return "tone-bad";
    case Tone::unknown: return "tone-unknown";
    case Tone::muted: return "tone-muted";
    case Tone::notice: return "tone-notice";
  }
  return "tone-unknown";
}

std::string badge_markup(const Badge& badge) {
  return fmt::format("<span class=\"badge {}\"><span class=\"symbol\" aria-hidden=\"true\">{}</span> {}</span>",
                     tone_class(badge.tone), escaped(badge.symbol), escaped(badge.label));
}

std::string source_hash(std::string_view style) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(style.data(), style.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> text{};
  const int length = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(size));
  return fmt::format("'sha256-{}'",
                     std::string_view(reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length)));
}

}  // namespace linkaudit::reports::page
