// Where the rows of the tables stand in the workbook: names for other programs, and formulas that count them again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/workbook/names.h"

namespace linkaudit::reports::workbook {

// "='Findings'!$C$4:$D$90", rows and columns from 0.
std::string area_of(const std::string& sheet, std::uint32_t first_row, int first_column, std::uint32_t last_row,
                    int last_column);

// As COUNTIFS takes it for nothing but this text: no pattern, no comparison, no number. Nothing where that cannot be.
std::optional<std::string> criterion_of(const std::string& text);

// The row of a table's headings on its sheet, from 0.
std::uint32_t headings_row_of(const Report& report);

class Ranges {
 public:
  Ranges(const Report& report, std::uint32_t row_limit);

  struct Names {
    std::string whole;
    std::vector<std::string> columns;
  };
  const Names& names_of(const Table& table);

  // COUNTIFS over the named columns, for a cell in the column `key` of the table `asker`. Nothing when the table
  // counted is not in the workbook, or a formula cannot say it: then the number stands alone.
  std::optional<std::string> formula_of(const Counted& counted, const Table& asker, const std::string& key);

 private:
  struct Place {
    Names names;
    int parts = 0;  // sheets; 0: not yet known
  };
  int parts_of(const Table& table);

  const Report& report_;
  std::uint32_t row_limit_;
  RangeNames unique_;
  std::map<const Table*, Place> places_;
};

}  // namespace linkaudit::reports::workbook
