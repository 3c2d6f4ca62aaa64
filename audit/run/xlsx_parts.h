// What the cells of a workbook refer to: its sheets, shared strings, and which styles mean a date.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "audit/run/xlsx_package.h"

namespace linkaudit::run::xlsx {

struct Directory {
  std::vector<std::string> sheets;  // names of their parts, in the workbook's order
  bool from_1904 = false;           // serial dates count from 1904-01-01
};
Directory read_directory(Package& package);

// Without the readings that stand above characters; _x000D_ and the like (ECMA-376 ST_Xstring) are characters.
std::vector<std::string> read_shared_strings(Package& package);
std::string decoded(const std::string& text);

// For each cell style: whether its numbers are shown as dates or times.
std::vector<bool> read_date_styles(Package& package);

// The number of a cell as a person reads it: 3, 0.25; as a date 2022-01-27, 2022-01-27T12:00:00, 12:00:00. The text
// itself when it is no number.
std::string number_text(const std::string& text, bool is_date, bool from_1904);

}  // namespace linkaudit::run::xlsx
