// White space and line terminators of scripts beyond ASCII (ECMAScript, sections 12.2 and 12.3).
#pragma once

#include <cstddef>
#include <string_view>

namespace linkaudit::probes {

constexpr bool is_wide(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

// How many bytes such a character takes at the begin of `text`, which is not empty; 0 when there is none.
std::size_t wide_blank(std::string_view text);

// `text` is not empty.
bool begins_with_line_end(std::string_view text);
bool holds_line_end(std::string_view text);

}  // namespace linkaudit::probes
