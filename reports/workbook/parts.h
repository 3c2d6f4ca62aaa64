// The sheets of the workbook, one function each.
#pragma once

#include <functional>

#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {

void add_cover(Book& book);
void add_matrix(Book& book, const Matrix& matrix);

void add_timeline(Book& book, const Timeline& timeline);

// On as many sheets as its rows need. `above` may write rows between the first sheet's title and its headings.
void add_table(Book& book, const Table& table, const std::function<void(Sheet&)>& above = {});

// Reads a finished workbook and throws std::runtime_error unless each part is whole: the library does not notice when
// its working files could not be written in full.
void check_whole(const std::string& path);

}  // namespace linkaudit::reports::workbook
