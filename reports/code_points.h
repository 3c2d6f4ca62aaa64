// UTF-8, one code point at a time.
#pragma once

#include <unicode/umachine.h>

#include <string>
#include <string_view>

namespace linkaudit::reports {

// The code point at `place`, which moves behind it; negative for a maximal part of an ill-formed sequence.
// REQUIRES: place < text.size()
UChar32 next_code_point(std::string_view text, std::size_t& place);

void append_code_point(std::string& out, UChar32 c);

}  // namespace linkaudit::reports
