// A small picture of a picture. What is read is hostile: its size is looked at before anything is decoded.
#pragma once

#include <optional>
#include <string>

namespace linkaudit::reports {

struct PixelSize {
  int width = 0, height = 0;  // at least 1 each
};

// A PNG no wider and no higher, of the same proportions, never larger than the original. Nothing when the bytes are
// neither a PNG nor a JPEG that can be read, or of more than 64 million pixels. The same bytes give the same bytes.
std::optional<std::string> thumbnail(const std::string& picture, PixelSize limit);

}  // namespace linkaudit::reports
