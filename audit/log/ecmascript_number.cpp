#include "audit/log/ecmascript_number.h"

#include <charconv>
#include <cmath>
#include <string_view>

namespace linkaudit::log {
namespace {

// Digits and the decimal exponent of the shortest form: 0.DIGITS x 10^point.
struct Shortest {
  std::string digits;
  int point = 0;
};

Shortest shortest(double value) {
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t e = text.find('e');
  Shortest result;
  for (const char c : text.substr(0, e)) {
    if (c != '.') result.digits += c;
  }
  const char* from = text.data() + e + 1;
  if (*from == '+') ++from;
  std::from_chars(from, text.data() + text.size(), result.point);
  ++result.point;
  return result;
}

// For a positive value.
std::string positive(double value) {
  const auto [digits, point] = shortest(value);
  const int count = static_cast<int>(digits.size());
  if (count <= point && point <= 21) return digits + std::string(static_cast<std::size_t>(point - count), '0');
  if (0 < point && point <= 21) {
    const auto split = static_cast<std::size_t>(point);
    return digits.substr(0, split) + "." + digits.substr(split);
  }
  if (-6 < point && point <= 0) return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  const int exponent = point - 1;
  const std::string mantissa = count == 1 ? digits : digits.substr(0, 1) + "." + digits.substr(1);
  return mantissa + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

}  // namespace

std::string ecmascript_number(double value) {
  if (value == 0) return "0";
  std::string text(value < 0 ? "-" : "");
  return text.append(positive(std::abs(value)));
}

}  // namespace linkaudit::log
