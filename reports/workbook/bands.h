// What a timeline's charts are made of: days as spreadsheets count them, an axis, and bands that can stand in one bar.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/report.h"
#include "reports/zone.h"

namespace linkaudit::reports::workbook {

double serial_of(const Zone& zone, Instant at);  // days since 1899-12-30, in the zone

struct Axis {
  double min, max, unit;  // days
  const char* format;
};

// Not more than some ten ticks, at days for a few months, else at the begins of quarters, halves or years.
Axis axis_of(const Zone& zone, Instant from, Instant to);

struct Segment {
  double begin, end;
  const Band* band;  // null for a mark
};

struct Bar {
  std::vector<Segment> segments;  // in order, none over another
  int left_out = 0;               // bands, the earliest, that would have been too many
};

// Bands that were seen once are as broad as can be seen; a mark stands before what lies below it.
Bar bar_of(const TimelineRow& row, const std::vector<std::pair<Instant, std::string>>& marks, const Axis& axis,
           const Zone& zone, std::size_t most_segments);

}  // namespace linkaudit::reports::workbook
