#include "audit/log/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "audit/log/ecmascript_number.h"

namespace linkaudit::log {
namespace {

constexpr std::int64_t kLargestExact = std::int64_t{1} << 53;

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
  out_ += ecmascript_number(value);
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

}  // namespace linkaudit::log
