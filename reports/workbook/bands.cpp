#include "reports/workbook/bands.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace linkaudit::reports::workbook {
namespace {

constexpr double most_ticks = 10;
constexpr double daily = 220;             // days that an axis shows by days
constexpr double narrowest_band = 0.006;  // of the axis
constexpr double mark_width = 0.003;
// A little more than the mean, so that a tick never falls into the month before its own.
constexpr double days_of_quarter = 92, days_of_year = 366;

double serial_of_day(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  constexpr double of_1970 = 25569;
  return static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count()) + of_1970;
}

double unit_of(int months) {
  const int quarters = months / 3, years = months / 12;
  return months < 12 ? quarters * days_of_quarter : years * days_of_year;
}

// Bands by their begins, cut where the next begins.
std::vector<Segment> segments_of(const TimelineRow& row, const Axis& axis, const Zone& zone) {
  const double narrowest = (axis.max - axis.min) * narrowest_band;
  std::vector<Segment> segments;
  for (const Band& band : row.bands) {
    const double begin = std::clamp(serial_of(zone, band.first), axis.min, axis.max - narrowest);
    const double end = std::clamp(serial_of(zone, band.last), begin + narrowest, axis.max);
    segments.push_back({begin, end, &band});
  }
  std::ranges::stable_sort(segments, {}, &Segment::begin);
  for (std::size_t i = 1; i < segments.size(); ++i) {
    segments[i - 1].end = std::min(segments[i - 1].end, segments[i].begin);
  }
  std::erase_if(segments, [](const Segment& segment) { return segment.end <= segment.begin; });
  return segments;
}

void add_mark(std::vector<Segment>& segments, double begin, double end) {
  std::vector<Segment> out;
  for (const Segment& segment : segments) {
    if (segment.end <= begin || segment.begin >= end) {
      out.push_back(segment);
      continue;
    }
    if (segment.begin < begin) out.push_back({segment.begin, begin, segment.band});
    if (segment.end > end) out.push_back({end, segment.end, segment.band});
  }
  out.push_back({begin, end, nullptr});
  std::ranges::stable_sort(out, {}, &Segment::begin);
  segments = std::move(out);
}

}  // namespace

double serial_of(const Zone& zone, Instant at) {
  const Civil c = zone.civil(at);
  const double seconds = c.hour * 3600 + c.minute * 60 + c.second + c.millisecond / 1000.0;
  return serial_of_day(static_cast<int>(c.year), c.month, c.day) + seconds / 86400;
}

Axis axis_of(const Zone& zone, Instant from, Instant to) {
  const double begin = serial_of(zone, from);
  const double end = std::max(serial_of(zone, to), begin + 1);
  Axis axis{std::floor(begin), 0, 0, "yyyy-mm-dd"};
  if (end - axis.min <= daily) {
    axis.unit = std::ceil((end - axis.min) / most_ticks);
  } else {
    int months = 3;
    for (const int more : {6, 12, 24, 60, 120, 240}) {
      if ((end - begin) / unit_of(months) > most_ticks) months = more;
    }
    const Civil c = zone.civil(from);
    axis.min = serial_of_day(static_cast<int>(c.year), months < 12 ? (c.month - 1) / months * months + 1 : 1, 1);
    axis.unit = unit_of(months);
    axis.format = "yyyy-mm";
  }
  axis.max = axis.min + std::ceil((end - axis.min) / axis.unit) * axis.unit;
  return axis;
}

Bar bar_of(const TimelineRow& row, const std::vector<std::pair<Instant, std::string>>& marks, const Axis& axis,
           const Zone& zone, std::size_t most_segments) {
  Bar bar{segments_of(row, axis, zone), 0};
  const std::size_t most_bands =
      most_segments - std::min(most_segments / 2, 2 * marks.size());  // a mark may cut one in two
  if (bar.segments.size() > most_bands) {
    bar.left_out = static_cast<int>(bar.segments.size() - most_bands);
    bar.segments.erase(bar.segments.begin(), bar.segments.begin() + bar.left_out);
  }
  for (const auto& [when, name] : marks) {
    const double at = serial_of(zone, when);
    if (at < axis.min || at > axis.max || bar.segments.size() + 2 > most_segments) continue;
    add_mark(bar.segments, at, at + (axis.max - axis.min) * mark_width);
  }
  return bar;
}

}  // namespace linkaudit::reports::workbook
