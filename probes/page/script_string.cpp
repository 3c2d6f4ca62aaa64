#include <algorithm>

#include "probes/page/ascii.h"
#include "probes/page/entities.h"
#include "probes/page/script_tokens.h"

namespace linkaudit::probes {
namespace {

// `digits` hexadecimal digits at `at`; -1 when they are not there.
long read_hex(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  long value = 0;
  for (std::size_t index = at; index < at + digits; ++index) {
    const int digit = hex_value(text[index]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Reads "\u..." whose "u" is at `at`; leaves `at` behind it. -1 when it is malformed.
long read_unicode(std::string_view text, std::size_t& at) {
  if (at + 1 < text.size() && text[at + 1] == '{') {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos || end - at - 2 > 8 || end == at + 2) return -1;
    const long point = read_hex(text, at + 2, end - at - 2);
    if (point >= 0) at = end + 1;
    return point;
  }
  long point = read_hex(text, at + 1, 4);
  if (point < 0) return -1;
  at += 5;
  if (point >= 0xD800 && point < 0xDC00 && text.substr(at, 2) == "\\u") {
    const long low = read_hex(text, at + 2, 4);
    if (low >= 0xDC00 && low < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    }
  }
  return point;
}

// One escape; `at` is behind the backslash.
void read_escape(std::string_view text, std::size_t& at, std::string& out) {
  const char c = text[at];
  long point = -1;
  if (c == 'u') {
    std::size_t end = at;
    point = read_unicode(text, end);
    if (point >= 0) at = end;
  } else if (c == 'x') {
    point = read_hex(text, at + 1, 2);
    if (point >= 0) at += 3;
  }
  if (point >= 0) {
    append_code_point(static_cast<unsigned long>(point), out);
    return;
  }
  ++at;
  switch (c) {
    case 'n': out.push_back('\n'); break;
    case 't': out.push_back('\t'); break;
    case 'r': out.push_back('\r'); break;
    case 'b': out.push_back('\b'); break;
    case 'f': out.push_back('\f'); break;
    case 'v': out.push_back('\v'); break;
    case '0': out.push_back('\0'); break;
    case '\r': at += at < text.size() && text[at] == '\n' ? 1 : 0; break;  // the line goes on
    case '\n': break;
    default: out.push_back(c); break;
  }
}

}  // namespace

std::string string_value(std::string_view literal) {
  std::string out;
  out.reserve(literal.size());
  for (std::size_t at = 0; at < literal.size();) {
    const std::size_t escape = std::min(literal.find('\\', at), literal.size());
    out.append(literal.substr(at, escape - at));
    at = escape + 1;
    if (at < literal.size()) read_escape(literal, at, out);
  }
  return out;
}

}  // namespace linkaudit::probes
