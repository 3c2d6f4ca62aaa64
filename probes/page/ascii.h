// Comparisons that know ASCII only: what the HTML and URL standards ask for, whatever the locale.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace linkaudit::probes {

inline bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
constexpr bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = to_lower(c);
  return out;
}

inline bool equals_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (to_lower(a[at]) != to_lower(b[at])) return false;
  }
  return true;
}

inline bool starts_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && equals_ignoring_case(text.substr(0, start.size()), start);
}

inline std::size_t find_ignoring_case(std::string_view text, std::string_view wanted, std::size_t from = 0) {
  for (std::size_t at = from; at + wanted.size() <= text.size(); ++at) {
    if (starts_ignoring_case(text.substr(at), wanted)) return at;
  }
  return std::string_view::npos;
}

inline std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Of words none of which is empty. Asked for each word of a page: most differ in their first letter.
inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  if (word.empty()) return false;
  for (const std::string_view each : words) {
    if (each.front() == word.front() && each == word) return true;
  }
  return false;
}

// 0 to 15; -1 when `c` is no hexadecimal digit.
inline int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace linkaudit::probes
