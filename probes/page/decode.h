// Bytes of an encoding to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace linkaudit::probes {

// `encoding` is a WHATWG name as encoding_of_label gives it; invalid bytes become U+FFFD. Linear; works in chunks.
// Throws std::runtime_error when ICU lacks the converter (a broken installation).
std::string decode_to_utf8(std::string_view bytes, std::string_view encoding);

// Whether the bytes are UTF-8; a sequence cut off by the end counts as valid.
bool looks_like_utf8(std::string_view bytes);

}  // namespace linkaudit::probes
