#include "reports/code_points.h"

#include <unicode/utf8.h>

namespace linkaudit::reports {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro

UChar32 next_code_point(std::string_view text, std::size_t& place) {
  UChar32 c = 0;
  auto i = static_cast<std::int64_t>(place);
  const auto length = static_cast<std::int64_t>(text.size());
  U8_NEXT(text.data(), i, length, c);
  place = static_cast<std::size_t>(i);
  return c;
}

#pragma GCC diagnostic pop

void append_code_point(std::string& out, UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  int length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  out.append(bytes, static_cast<std::size_t>(length));
}

}  // namespace linkaudit::reports
