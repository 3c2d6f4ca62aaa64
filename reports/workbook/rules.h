// What a table's cells are held to, and how they show what they hold: for columns to be filled in, bars, heat.
#pragma once

#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {

// The rows of a table on its sheet, from 0.
struct Rows {
  lxw_row_t first, last;
};

// Hints and limits of the columns that are to be filled in.
void add_input_rules(Sheet& sheet, const Table& table, Rows rows);

// Due dates that lie before the report's instant, bars, heat; `hottest` is the largest number of the columns with heat.
void add_colours(Sheet& sheet, const Table& table, Rows rows, double hottest);

// "To be filled in, on yellow: Owner, Action."; empty for a table without such columns.
std::string input_note(const Display& display, const Table& table);

}  // namespace linkaudit::reports::workbook
