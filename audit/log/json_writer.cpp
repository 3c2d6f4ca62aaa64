#include "audit/log/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace linkaudit::log {
namespace {

constexpr std::int64_t kLargestExact = std::int64_t{1} << 53;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80 && c != '"' && c != '\\';
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += "0123456789abcdef"[byte >> 4U];
  out += "0123456789abcdef"[byte & 15U];
}

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

// ECMA-262 Number::toString for a positive finite value.
std::string ecmascript(double value) {
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

void JsonWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

void JsonWriter::begin_object() {
  separate();
  out_ += '{';
  first_ = true;
}

void JsonWriter::end_object() {
  out_ += '}';
  first_ = false;
}

void JsonWriter::begin_array() {
  separate();
  out_ += '[';
  first_ = true;
}

void JsonWriter::end_array() {
  out_ += ']';
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  text(name);
  out_ += ':';
  first_ = true;
}

void JsonWriter::text(std::string_view value) {
  separate();
  out_ += '"';
  for (std::size_t i = 0; i < value.size();) {
    const std::size_t begin = i;
    while (i < value.size() && plain(value[i])) ++i;
    out_.append(value, begin, i - begin);
    if (i == value.size()) break;
    const std::size_t length = utf8_length(value.substr(i));
    if (length > 1) {
      out_.append(value, i, length);
    } else if (length == 1) {
      append_escaped(out_, value[i]);
    } else {
      out_ += kReplacement;
    }
    i += std::max<std::size_t>(length, 1);
  }
  out_ += '"';
}

void JsonWriter::integer(std::int64_t value) {
  if (value > kLargestExact || value < -kLargestExact) {
    throw std::invalid_argument("a whole number beyond 2^53 has no canonical form");
  }
  separate();
  char buffer[24];
  out_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

void JsonWriter::number(double value) {
  if (!std::isfinite(value)) throw std::invalid_argument("a number that is not finite has no JSON form");
  separate();
  if (value == 0) {
    out_ += '0';
    return;
  }
  if (value < 0) out_ += '-';
  out_ += ecmascript(std::abs(value));
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

void JsonWriter::field(std::string_view name, std::string_view value) {
  key(name);
  text(value);
}

void JsonWriter::field_if(std::string_view name, std::string_view value) {
  if (!value.empty()) field(name, value);
}

void JsonWriter::field(std::string_view name, std::int64_t value) {
  key(name);
  integer(value);
}

bool key_less(std::string_view left, std::string_view right) {
  const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (l == left.end() || r == right.end()) return r != right.end() && l == left.end();
  const auto a = static_cast<unsigned char>(*l);
  const auto b = static_cast<unsigned char>(*r);
  // Characters beyond U+FFFF (lead byte from F0) are surrogates in UTF-16 and come before U+E000..U+FFFF (EE, EF).
  if (a >= 0xF0 && (b == 0xEE || b == 0xEF)) return true;
  if (b >= 0xF0 && (a == 0xEE || a == 0xEF)) return false;
  return a < b;
}

std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  if (text.empty()) return 0;
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) > 0x9F;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool overlong = lead == 0xF0 && byte(1) < 0x90;
    const bool beyond = lead == 0xF4 && byte(1) > 0x8F;
    return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

std::string well_formed(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text.substr(i));
    result.append(length == 0 ? kReplacement : text.substr(i, length));
    i += std::max<std::size_t>(length, 1);
  }
  return result;
}

}  // namespace linkaudit::log
