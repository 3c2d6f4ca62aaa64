#include "reports/workbook/picture.h"

#include <algorithm>
#include <cstdint>

#include "reports/text.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr Size largest{160, 120};
constexpr int margin = 3;  // pixels
constexpr double points_of_pixel = 0.75;
constexpr std::size_t longest_alternative = 250;

Size room_in(double width) {
  return {std::min(largest.width, pixels_of(width) - 2 * margin), largest.height};
}

}  // namespace

std::optional<Size> png_size(std::string_view png) {
  constexpr std::string_view begin("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
  constexpr std::size_t header = 24;
  if (png.size() < header || !png.starts_with(begin)) return {};
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(png[i]);
    return value;
  };
  const Size size{static_cast<double>(number(16)), static_cast<double>(number(20))};
  return size.width < 1 || size.height < 1 ? std::nullopt : std::optional(size);
}

Size fitted(Size size, Size room) {
  const double scale = std::min({1.0, room.width / size.width, room.height / size.height});
  return {std::max(1.0, size.width * scale), std::max(1.0, size.height * scale)};
}

double height_of(const Picture& picture, double width) {
  const auto size = png_size(picture.png);
  if (!size) return 0;
  const double text = picture.text.empty() ? 0 : height_of(picture.text, width);
  return (fitted(*size, room_in(width)).height + 2 * margin) * points_of_pixel + text;
}

void insert_png(Sheet& sheet, int column, const std::string& png, const std::string& text, Size room, int offset) {
  const auto size = png_size(png);
  if (!size) return;
  const Size shown = fitted(*size, room);
  std::string description = cut_to_utf16(plain_text(text, Breaks::join), longest_alternative, "…");
  lxw_image_options options = {};
  options.x_offset = options.y_offset = offset;
  options.x_scale = shown.width / size->width;
  options.y_scale = shown.height / size->height;
  options.object_position = LXW_OBJECT_MOVE_DONT_SIZE;
  options.description = description.data();
  const auto* bytes = reinterpret_cast<const unsigned char*>(png.data());
  check(worksheet_insert_image_buffer_opt(sheet.handle(), sheet.row(), static_cast<lxw_col_t>(column), bytes,
                                          png.size(), &options));
}

void insert_picture(Sheet& sheet, int column, const Picture& picture, double width) {
  insert_png(sheet, column, picture.png, picture.text, room_in(width), margin);
}

}  // namespace linkaudit::reports::workbook
