// Where instants and marks stand in the drawing of a timeline.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"

namespace linkaudit::reports::page {

// In units of the drawing, which is `drawing_wide` across; labels of rows stand in the first of them.
inline constexpr double drawing_wide = 1000, labels_wide = 300;

struct Plot {
  Instant from, to;  // to is later

  double x(Instant at) const;  // within the axis
};

double text_wide(std::string_view text);  // about

struct PlacedMark {
  double x;
  std::size_t level;  // of its label, from the bottom
  std::string text, label;
};

// Marks whose labels would meet are put one above the other: the earlier above, so that no line goes through a label.
std::vector<PlacedMark> placed(const Timeline& timeline, const Plot& plot);

}  // namespace linkaudit::reports::page
