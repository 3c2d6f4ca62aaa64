#include "reports/page/markup.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cctype>
#include <stdexcept>

#include "reports/text.h"

namespace linkaudit::reports::page {
namespace {

std::string base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // with the zero that the library writes
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  text.pop_back();
  return text;
}

}  // namespace

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

std::string image_markup(std::string_view png, std::string_view text, std::string_view its_class) {
  constexpr std::string_view signature("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
  if (png.size() < 24 || !png.starts_with(signature)) return {};
  const auto side = [&](std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(png[at + i]);
    return number;
  };
  if (side(16) == 0 || side(20) == 0) return {};
  return fmt::format(
      "<img class=\"{}\" src=\"data:image/png;base64,{}\" width=\"{}\" height=\"{}\" alt=\"{}\" loading=\"lazy\">",
      its_class, base64(png), side(16), side(20), escaped(text));
}

std::string css_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : plain_text(text, Breaks::join)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0) {
      out += c;
    } else {
      out += fmt::format("\\{:x} ", byte);  // the space ends the number and is part of it
    }
  }
  return out + "\"";
}

std::string source_hash(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return fmt::format("'sha256-{}'", base64({reinterpret_cast<const char*>(digest.data()), size}));
}

}  // namespace linkaudit::reports::page
