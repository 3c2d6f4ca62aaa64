// mask_parameters().
#include <algorithm>
#include <cctype>

#include "audit/catalog/credentials.h"

namespace linkaudit::catalog {
namespace {

bool same_name(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  });
}

bool in_name(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '-' || letter == '.';
}

int hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// A character at a place of a text, as it stands or percent-encoded as often as may be: "&", "%26", "%2526".
struct Sign {
  std::size_t length = 0;  // 0: none of those wanted
  int depth = 0;           // how often it is encoded
};

Sign sign_at(std::string_view text, std::size_t at, std::string_view wanted) {
  if (wanted.find(text[at]) != std::string_view::npos) return {1, 0};
  if (text[at] != '%') return {};
  std::size_t digits = at + 1;
  int depth = 1;
  for (; text.substr(digits, 2) == "25"; digits += 2) ++depth;
  if (digits + 2 > text.size()) return {};
  const int high = hex_digit(text[digits]), low = hex_digit(text[digits + 1]);
  if (high < 0 || low < 0 || wanted.find(static_cast<char>(high * 16 + low)) == std::string_view::npos) return {};
  return {digits + 2 - at, depth};
}

// Where the value begins when `at` is at the name of a secret parameter; npos otherwise.
std::size_t begin_of_secret(std::string_view text, std::size_t at, const std::vector<std::string>& parameters) {
  std::size_t end = at;
  while (end < text.size() && in_name(text[end])) ++end;
  if (end == text.size()) return std::string_view::npos;
  const Sign equals = sign_at(text, end, "=");
  const auto name = text.substr(at, end - at);
  const bool secret = equals.length > 0 && std::any_of(parameters.begin(), parameters.end(),
                                                       [&](const auto& each) { return same_name(name, each); });
  return secret ? end + equals.length : std::string_view::npos;
}

// A value ends at a delimiter that is encoded no more often than the one before its name, and at what no URL holds.
bool ends_value(std::string_view text, std::size_t at, int depth) {
  if (std::string_view(" \t\r\n\"'<>").find(text[at]) != std::string_view::npos) return true;
  const Sign sign = sign_at(text, at, "&#");
  return sign.length > 0 && sign.depth <= depth;
}

}  // namespace

std::string mask_parameters(std::string_view text, const std::vector<std::string>& parameters) {
  std::string masked;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find_first_of("?&;#%", at), text.size());
    masked.append(text, at, next - at);
    at = next;
    if (at == text.size()) break;
    const Sign delimiter = sign_at(text, at, "?&;#");
    const std::size_t length = std::max<std::size_t>(delimiter.length, 1);
    masked.append(text, at, length);
    at += length;
    const std::size_t value = delimiter.length > 0 ? begin_of_secret(text, at, parameters) : std::string_view::npos;
    if (value == std::string_view::npos) continue;
    masked.append(text, at, value - at).append(kHidden);
    for (at = value; at < text.size() && !ends_value(text, at, delimiter.depth);) ++at;
  }
  return masked;
}

}  // namespace linkaudit::catalog
