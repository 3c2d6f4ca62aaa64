// Charts, and what they have in common.
#pragma once

#include "reports/workbook/rules.h"
#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {

// As a chart shows it: plain text of one line that is not taken for a reference.
std::string chart_text(std::string_view text, std::size_t limit = 200);

lxw_chart_font chart_font(const Book& book, double size, std::uint32_t colour = body);

void frame_chart(lxw_chart* chart);  // fine lines

// Rows of the height that sheets have by default, which a chart so many pixels high takes.
lxw_row_t rows_for_chart(double height);

// With its upper left corner at the cell.
void insert_chart(Sheet& sheet, lxw_chart* chart, lxw_row_t row, int column, double width, double height,
                  const std::string& description);

// Bars of a table that stands on the sheet, its upper left corner in the first column; returns the row below it.
lxw_row_t add_bar_chart(Sheet& sheet, const Table& table, lxw_row_t headings, Rows rows, lxw_row_t at, double width);

}  // namespace linkaudit::reports::workbook
