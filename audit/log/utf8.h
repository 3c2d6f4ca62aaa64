// Text that is UTF-8, whatever came.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace linkaudit::log {

inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Length of the well-formed UTF-8 sequence that `text` begins with, 0 when it begins with none.
std::size_t utf8_length(std::string_view text);
// The text as JsonWriter::text keeps it: bytes that are not UTF-8 become U+FFFD.
std::string well_formed(std::string_view text);

}  // namespace linkaudit::log
