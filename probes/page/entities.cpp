#include "probes/page/entities.h"

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"
#include "probes/page/named_references.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kLongestName = 31;     // "CounterClockwiseContourIntegral"
constexpr std::size_t kLongestBareName = 6;  // "Aacute"
constexpr std::size_t kShortestName = 2;     // "lt"
constexpr unsigned long kLastCodePoint = 0x10FFFF;

// What numeric references to the C1 controls mean (windows-1252); 0 where they mean themselves.
constexpr std::array<unsigned long, 32> kC1 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                               0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                               0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                               0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Reads "&#..." at the start of `text`; returns how many characters it took, 0 for none.
std::size_t read_numeric(std::string_view text, std::string& out) {
  std::size_t at = 2;
  const bool hexadecimal = at < text.size() && to_lower(text[at]) == 'x';
  if (hexadecimal) ++at;
  const std::size_t digits = at;
  unsigned long point = 0;
  for (; at < text.size(); ++at) {
    const int value = hex_value(text[at]);
    if (value < 0 || (!hexadecimal && value > 9)) break;
    point = std::min(point * (hexadecimal ? 16UL : 10UL) + static_cast<unsigned long>(value), kLastCodePoint + 1);
  }
  if (at == digits) return 0;
  if (at < text.size() && text[at] == ';') ++at;
  if (point >= 0x80 && point < 0xA0 && kC1[point - 0x80] != 0) point = kC1[point - 0x80];
  append_code_point(point == 0 ? 0xFFFD : point, out);
  return at;
}

// What a name with or without its semicolon stands for; "" for none.
std::string_view characters_of(std::string_view name) {
  const auto names = named_references();
  const auto place = std::ranges::lower_bound(names, name, {}, &NamedReference::name);
  return place == names.end() || place->name != name ? std::string_view() : place->characters;
}

// Reads "&name" at the start of `text`; returns how many characters it took, 0 for none.
std::size_t read_named(std::string_view text, ReferenceStyle style, std::string& out) {
  std::size_t end = 1;
  while (end < text.size() && end <= kLongestName && (is_alpha(text[end]) || is_digit(text[end]))) ++end;
  if (end < text.size() && text[end] == ';') {
    const std::string_view characters = characters_of(text.substr(1, end));
    out.append(characters);
    if (!characters.empty()) return end + 1;
  }
  if (style == ReferenceStyle::strict) return 0;
  // The longest of the names that may stand without a semicolon.
  for (end = std::min(end, kLongestBareName + 1); end > kShortestName; --end) {
    const std::string_view characters = characters_of(text.substr(1, end - 1));
    if (characters.empty()) continue;
    const char after = end < text.size() ? text[end] : '\0';
    if (style == ReferenceStyle::attribute && (after == '=' || is_alpha(after) || is_digit(after))) return 0;
    out.append(characters);
    return end;
  }
  return 0;
}

}  // namespace

void append_code_point(unsigned long point, std::string& out) {
  if (point > kLastCodePoint || (point >= 0xD800 && point <= 0xDFFF)) point = 0xFFFD;
  const auto put = [&out](unsigned long byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

std::string decode_references(std::string_view text, ReferenceStyle style) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('&'), text.size());
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::size_t used = text.starts_with("&#") ? read_numeric(text, out) : read_named(text, style, out);
    if (used == 0) out.push_back('&');
    text.remove_prefix(std::max<std::size_t>(used, 1));
  }
  return out;
}

}  // namespace linkaudit::probes
