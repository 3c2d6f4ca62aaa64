// Names and texts as spreadsheets accept them.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace linkaudit::reports::workbook {

inline constexpr std::size_t longest_text = 32767;  // UTF-16 code units in one cell

// The text of a cell or comment: plain, bounded with "… <shortened>", and with _x0041_ (which spreadsheets read as the
// character of that number, ECMA-376 ST_Xstring) kept as it is written.
std::string sheet_text(std::string_view text, std::string_view shortened, std::size_t limit = longest_text);

// For a page's header or footer: "&" starts a code there.
std::string page_text(std::string_view text, std::size_t limit);

// Gives out sheet names: at most 31 code units, none of []:*?/\ and ', never empty, never "History", no name twice
// whatever its case, and none that reads as a cell ("A1", "R1C1") where the library would not quote it.
class SheetNames {
 public:
  std::string next(std::string_view wanted);

 private:
  std::set<std::string> used_;  // case-folded
};

}  // namespace linkaudit::reports::workbook
