// Sheets of Excel workbooks (ECMA-376, as Excel, LibreOffice and openpyxl save them) as rows of text. The file is
// hostile: sizes and counts are bounded, nothing is expanded, fetched or computed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace linkaudit::run {

struct SheetCell {
  int column = 0;       // from 0
  std::string text;     // numbers and dates as a person reads them, booleans as true and false; never empty
  std::string problem;  // why it cannot be read: a formula, an error; then there is no text
};

struct SheetRow {
  std::int64_t number = 0;       // from 1
  std::vector<SheetCell> cells;  // those that hold something, from left to right; at least one
};

// "B7".
std::string cell_name(int column, std::int64_t row);

// The rows of the first sheet whose first row is wanted, of the first sheet when none is. The error is one line without
// the file's name, and begins with the cell and ": " when it is about one.
tl::expected<std::vector<SheetRow>, std::string> read_xlsx(const std::string& bytes,
                                                           const std::function<bool(const SheetRow&)>& wanted);

// The rows from the first on that is wanted, of the first sheet that has such among its first `within` rows: headings
// may stand below a title. No rows when no sheet has one.
tl::expected<std::vector<SheetRow>, std::string> read_xlsx_below(const std::string& bytes, std::size_t within,
                                                                 const std::function<bool(const SheetRow&)>& wanted);

}  // namespace linkaudit::run
