#include <unicode/uchar.h>

#include <algorithm>

#include "reports/code_points.h"
#include "reports/text.h"

namespace linkaudit::reports {
namespace {

int width_of(UChar32 c) {
  if (c < 0) return 1;
  if ((U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) return 0;
  if (c >= 0x1160 && c <= 0x11FF) return 0;  // Hangul vowels and finals join the consonant before them
  const int kind = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return kind == U_EA_WIDE || kind == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t i = 0; i < text.size();) width += width_of(next_code_point(text, i));
  return width;
}

std::string cut_to_width(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  int used = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < text.size();) {
    used += width_of(next_code_point(text, i));
    if (used > width - 1) break;
    end = i;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string pad_to_width(std::string_view text, int width) {
  const int missing = std::max(0, width - display_width(text));
  return std::string(text).append(static_cast<std::size_t>(missing), ' ');
}

int lines_at_width(std::string_view text, int width) {
  int lines = 1;
  int used = 0;
  for (std::size_t i = 0; i < text.size();) {
    const UChar32 c = next_code_point(text, i);
    const int wide = c == '\n' ? 0 : width_of(c);
    if (c == '\n' || used + wide > width) {
      ++lines;
      used = 0;
    }
    used += wide;
  }
  return lines;
}

}  // namespace linkaudit::reports
