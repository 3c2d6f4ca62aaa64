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

bool is_letter(char letter) {
  return std::isalpha(static_cast<unsigned char>(letter)) != 0;
}

bool is_capital(char letter) {
  return letter >= 'A' && letter <= 'Z';
}

bool is_blank_sign(char letter) {
  return letter == ' ' || letter == '+' || letter == '\t';
}

// item_key is no key, and post_code no code.
bool counts_as_last_word(std::string_view parameter) {
  const auto letters = parameter.size() - static_cast<std::size_t>(std::ranges::count(parameter, '_'));
  return letters >= 5 || same_name(parameter, "pwd") || same_name(parameter, "jwt");
}

// Where the last four words of a name begin; x-amz-security-token has as many.
std::vector<std::size_t> words_in(std::string_view name) {
  std::vector<std::size_t> begins;
  for (std::size_t at = name.size(); at-- > 1 && begins.size() < 4;) {
    const char before = name[at - 1], here = name[at];
    if (!is_letter(here)) continue;
    const bool behind_sign = std::isalnum(static_cast<unsigned char>(before)) == 0;
    const bool ends_capitals = is_capital(before) && at + 1 < name.size() && !is_capital(name[at + 1]);
    if (behind_sign || (is_capital(here) && (!is_capital(before) || ends_capitals))) begins.push_back(at);
  }
  return begins;
}

}  // namespace

Letter letter_at(std::string_view text, std::size_t at) {
  if (text[at] != '%') return {text[at]};
  std::size_t digits = at + 1;
  int depth = 1;
  for (; text.substr(digits, 2) == "25"; digits += 2) ++depth;
  if (digits + 2 > text.size()) return {'%'};
  const int high = hex_digit(text[digits]), low = hex_digit(text[digits + 1]);
  if (high < 0 || low < 0) return {'%'};
  return {static_cast<char>(high * 16 + low), digits + 2 - at, depth};
}

Sign sign_at(std::string_view text, std::size_t at, std::string_view wanted) {
  const Letter found = letter_at(text, at);
  return wanted.find(found.letter) == std::string_view::npos ? Sign{} : Sign{found.length, found.depth};
}

bool in_name(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '-' || letter == '.';
}

bool is_named(std::string_view name, const std::vector<std::string>& parameters) {
  return !name.empty() && std::ranges::any_of(parameters, [&](const auto& each) { return same_name(name, each); });
}

bool is_named_in_url(std::string_view name, const std::vector<std::string>& parameters) {
  const std::size_t index = name.rfind('[');
  if (index != std::string_view::npos && name.find_first_not_of("0123456789] +", index + 1) == std::string_view::npos) {
    name = name.substr(0, index);
  }
  while (!name.empty() && (is_blank_sign(name.back()) || name.back() == ']')) name.remove_suffix(1);
  while (!name.empty() && is_blank_sign(name.front())) name.remove_prefix(1);
  if (is_named(name, parameters)) return true;
  const std::vector<std::size_t> begins = words_in(name);
  const auto ends_name = [&](const std::string& parameter) {
    const auto is_it = [&](std::size_t begin) { return same_name(name.substr(begin), parameter); };
    return counts_as_last_word(parameter) && std::ranges::any_of(begins, is_it);
  };
  return std::ranges::any_of(parameters, ends_name);
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
