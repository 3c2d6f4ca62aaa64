// The parts of the page, one function each; they write what they are given and close what they open.
#pragma once

#include <iosfwd>
#include <string_view>

#include "reports/display.h"
#include "reports/report.h"

namespace linkaudit::reports::page {

std::string_view style();  // page.css

inline constexpr std::size_t most_rows = 5000;  // of one table; browsers get slow beyond

void add_matrix(const Matrix& matrix, const Display& display, std::ostream& out);
void add_table(const Table& table, std::string_view id, const Display& display, std::ostream& out);

}  // namespace linkaudit::reports::page
