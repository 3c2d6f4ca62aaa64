// The bars of a timeline: one chart for each group, over numbers on a hidden sheet.
#pragma once

#include <optional>

#include "reports/workbook/bands.h"
#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {

class TimelineCharts {
 public:
  TimelineCharts(Sheet& sheet, const Timeline& timeline, double width);

  // From the current row of the sheet on, which moves below them.
  void add(const TimelineGroup& group);

 private:
  void add_chart(const std::string& title, const TimelineRow* first, std::size_t count);
  lxw_row_t write_bars(const TimelineRow* rows, const std::vector<Bar>& bars);
  void add_series(lxw_chart* chart, const std::vector<Bar>& bars, std::size_t segment, lxw_row_t first);

  Sheet& sheet_;
  const Timeline& timeline_;
  Axis axis_;
  double width_;  // pixels
  std::optional<Sheet> drawing_;
};

}  // namespace linkaudit::reports::workbook
