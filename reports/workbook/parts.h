// The sheets of the workbook, one function each.
#pragma once

#include <cstdint>

#include "reports/workbook/book.h"

namespace linkaudit::reports::workbook {

void add_cover(Book& book);
void add_matrix(Book& book, const Matrix& matrix);

// As many sheets as the rows need; `row_limit` rows in a sheet at the most, headings included (at least 16).
void add_table(Book& book, const Table& table, std::uint32_t row_limit = LXW_ROW_MAX);

// Reads a finished workbook and throws std::runtime_error unless each part is whole: the library does not notice when
// its working files could not be written in full.
void check_whole(const std::string& path);

}  // namespace linkaudit::reports::workbook
