// The cells of a table's rows: each value as what it is, looks found once.
#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {

class Cells {
 public:
  Cells(Sheet& sheet, const Table& table);

  void write(const Row& row);  // to the current row of the sheet, whose height is set

  // The largest number in the columns with heat: without one, nothing has a colour.
  double hottest() const { return hottest_; }

 private:
  friend struct CellWriter;
  enum class Kind { text, below, entry, whole, grouped, real, instant, date, badge };  // badge: and one for each tone
  static constexpr std::size_t kinds = static_cast<std::size_t>(Kind::badge) + 6;

  struct ColumnLook {
    Look look;
    std::array<lxw_format*, kinds> formats{}, struck{};
  };
  lxw_format* format(std::size_t column, Kind kind, Tone tone = Tone::good);
  const char* safe(const std::string& text);

  Sheet& sheet_;
  const Table& table_;
  std::vector<ColumnLook> looks_;
  std::vector<char> counts_entries_;                    // column by column: its numbers are of entries
  std::unordered_map<std::string, std::string> texts_;  // seen lately, and as a sheet takes them
  std::string text_;
  std::size_t struck_ = 0;  // cells of the row
  double hottest_ = 0;
};

}  // namespace linkaudit::reports::workbook
