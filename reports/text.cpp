#include "reports/text.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "reports/code_points.h"

namespace linkaudit::reports {
namespace {

constexpr int most_marks = 8;  // real orthographies stay below; stacks of more cover the lines around them

bool is_line_break(UChar32 c) {
  return c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_mark(UChar32 c) {
  return (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0;
}

// Default-ignorable, and still wanted: zero-width joiners and variation selectors.
bool is_wanted(UChar32 c) {
  return c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) ||
         (c >= 0x180B && c <= 0x180D) || c == 0x180F;
}

bool is_shown_as_number(UChar32 c) {
  if (is_wanted(c)) return false;
  return u_charType(c) == U_CONTROL_CHAR || u_charType(c) == U_SURROGATE || U_IS_UNICODE_NONCHAR(c) ||
         u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         (c >= 0xFFF9 && c <= 0xFFFB);  // interlinear annotation
}

void append_shown(std::string& out, UChar32 c) {
  if (c < 0) return append_code_point(out, 0xFFFD);
  if (c == '\t') return append_code_point(out, ' ');
  if (c < 0x20) return append_code_point(out, 0x2400 + c);
  if (c == 0x7F) return append_code_point(out, 0x2421);
  if (is_shown_as_number(c)) {
    out += fmt::format("‹U+{:04X}›", static_cast<unsigned>(c));
    return;
  }
  append_code_point(out, c);
}

}  // namespace

std::string plain_text(std::string_view text, Breaks breaks) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) return std::string(text);
  std::string out;
  out.reserve(text.size());
  int marks = 0;
  for (std::size_t i = 0; i < text.size();) {
    const UChar32 c = next_code_point(text, i);
    if (c >= 0 && is_mark(c) && !is_wanted(c)) {
      if (++marks > most_marks) continue;
    } else {
      marks = 0;
    }
    if (c >= 0 && is_line_break(c)) {
      if (c == '\r' && i < text.size() && text[i] == '\n') ++i;
      out += breaks == Breaks::keep ? "\n" : "⏎";
    } else {
      append_shown(out, c);
    }
  }
  return out;
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

std::string cut_to_utf16(std::string_view text, std::size_t limit, std::string_view ending) {
  if (text.size() <= limit || utf16_length(text) <= limit) return std::string(text);  // a unit takes a byte or more
  const std::size_t room = limit - utf16_length(ending);
  std::size_t units = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t bytes = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    units += bytes == 4 ? 2 : 1;
    if (units > room) break;
    i += bytes;
    end = i;
  }
  return std::string(text.substr(0, end)).append(ending);
}

}  // namespace linkaudit::reports
