// Small pictures in cells.
#pragma once

#include <optional>
#include <string_view>

#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {

struct Size {
  double width, height;  // pixels
};

// Of a PNG (ISO/IEC 15948, 11.2.2), from its header; nothing for other bytes.
std::optional<Size> png_size(std::string_view png);

// As large as fits, never enlarged.
Size fitted(Size size, Size room);

// Points of a row that shows the picture in a column so many characters wide; 0 for none.
double height_of(const Picture& picture, double width);

// At the top of the cell, above its text; moves with it. The row's height is that of height_of() at the least.
void insert_picture(Sheet& sheet, int column, const Picture& picture, double width);

// Anywhere: with its upper left corner so many pixels into the cell.
void insert_png(Sheet& sheet, int column, const std::string& png, const std::string& text, Size room, int offset);

}  // namespace linkaudit::reports::workbook
