// The whole page.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "reports/report.h"

namespace linkaudit::reports::page {

// Of one table. Browsers get slow beyond the first, and take minutes to print more than the second.
inline constexpr std::size_t rows_on_screen = 5000, rows_on_paper = 1000;

void add_page(const Report& report, std::size_t most_rows, std::ostream& out);

}  // namespace linkaudit::reports::page
