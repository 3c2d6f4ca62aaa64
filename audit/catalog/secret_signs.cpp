#include "audit/catalog/secret_signs.h"

#include <algorithm>
#include <cctype>

namespace linkaudit::catalog {
namespace {

int hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

char lower(char letter) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
}

bool same_name(std::string_view left, std::string_view right) {
  const auto next = [](std::string_view name, std::size_t& at) {
    while (at < name.size() && (name[at] == '-' || name[at] == '_')) ++at;
    return at < name.size() ? lower(name[at++]) : '\0';
  };
  for (std::size_t i = 0, j = 0;;) {
    const char one = next(left, i), other = next(right, j);
    if (one != other) return false;
    if (one == '\0') return true;
  }
}

}  // namespace

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

bool in_name(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '-' || letter == '.';
}

bool is_named(std::string_view name, const std::vector<std::string>& parameters) {
  return !name.empty() && std::ranges::any_of(parameters, [&](const auto& each) { return same_name(name, each); });
}

bool ends_url(std::string_view text, std::size_t at) {
  if (std::string_view(" \t\r\n\"'<>`").find(text[at]) != std::string_view::npos) return true;
  const std::string_view next = text.substr(at, 3);
  if (next.size() < 3) return false;
  const auto last = static_cast<unsigned char>(next[2]);
  if (next.starts_with("\xe3\x80")) return true;                        // U+3000 to U+303F: 、。「」
  if (next.starts_with("\xef\xbc")) return last < 0x90 || last > 0x99;  // U+FF01 to U+FF3F but digits: ，：；（）
  return next.starts_with("\xe2\x80") && last >= 0x98 && last <= 0x9d;  // ‘’“”
}

}  // namespace linkaudit::catalog
