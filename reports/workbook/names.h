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

// Gives out names for ranges of cells, as formulas and other programs use them: "findings_status" of a table's id and a
// column's key; "findings" of the whole. Letters, digits and "_", nothing that reads as a cell ("Q1", "R"), none twice
// whatever its case.
class RangeNames {
 public:
  std::string next(std::string_view table, std::string_view column = {});

 private:
  std::set<std::string> used_;  // in small letters
};

// Of the second and further sheets of a table: "findings_status.2".
std::string part_name(const std::string& name, int part);

}  // namespace linkaudit::reports::workbook
