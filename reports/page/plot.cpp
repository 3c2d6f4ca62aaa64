#include "reports/page/plot.h"

#include <algorithm>
#include <functional>

#include "reports/text.h"

namespace linkaudit::reports::page {
namespace {

constexpr double column_wide = 6.4;  // of the font: one column of display width
constexpr int mark_columns = 44;
constexpr double room_at_end = 18;  // for the sign of what was seen last

}  // namespace

double Plot::x(Instant at) const {
  const auto part = static_cast<double>((at - from).count()) / static_cast<double>((to - from).count());
  return labels_wide + std::clamp(part, 0.0, 1.0) * (drawing_wide - labels_wide - room_at_end);
}

double text_wide(std::string_view text) {
  return column_wide * display_width(text);
}

std::vector<PlacedMark> placed(const Timeline& timeline, const Plot& plot) {
  std::vector<PlacedMark> marks;
  std::vector<double> begins;  // of each level's first label so far
  auto sorted = timeline.marks;
  std::ranges::sort(sorted, std::greater{});
  for (const auto& [at, text] : sorted) {
    if (at < plot.from || at > plot.to) continue;
    const std::string plain = plain_text(text, Breaks::join), label = cut_to_width(plain, mark_columns);
    const double x = plot.x(at), size = text_wide(label);
    const double begin = x + 4 + size > drawing_wide ? x - 4 - size : x + 4;
    std::size_t level = 0;
    while (level < begins.size() && begin + size + 8 > begins[level]) ++level;
    if (level == begins.size()) begins.push_back(drawing_wide);
    for (std::size_t lower = 0; lower <= level; ++lower) begins[lower] = std::min(begins[lower], begin);
    marks.push_back({x, level, plain, label});
  }
  return marks;
}

}  // namespace linkaudit::reports::page
