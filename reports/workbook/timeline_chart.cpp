#include "reports/workbook/timeline_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "reports/text.h"
#include "reports/workbook/chart.h"
#include "reports/workbook/palette.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr std::size_t most_segments = 127;  // a chart has 255 series at the most, two for each segment
constexpr std::size_t most_bars = 36;       // fit one page
constexpr double around_timeline = 90, band_height = 22;
constexpr double plot_share = 0.72;  // of the chart's width, by the eye
constexpr double pixels_of_letter = 6.2;

// The sign of the outcome, where it fits. Words would be broken into lines.
std::string label_of(const Segment& segment, double pixels) {
  if (segment.band == nullptr) return {};
  const std::string sign = chart_text(segment.band->outcome.symbol, 4);
  return display_width(sign) * pixels_of_letter + 4 <= pixels ? sign : "";
}

// What the library is handed for one series; it copies all of it.
struct Points {
  std::deque<lxw_chart_fill> fills;
  std::deque<lxw_chart_font> fonts;
  std::deque<std::string> texts;
  std::deque<lxw_chart_point> points;
  std::deque<lxw_chart_data_label> labels;
};

template <typename T>
std::vector<T*> pointers_to(std::deque<T>& values) {
  std::vector<T*> out;
  for (T& value : values) out.push_back(&value);
  out.push_back(nullptr);
  return out;
}

}  // namespace

TimelineCharts::TimelineCharts(Sheet& sheet, const Timeline& timeline, double width)
    : sheet_(sheet),
      timeline_(timeline),
      axis_(axis_of(sheet.book().display().zone(), timeline.from, timeline.to)),
      width_(width) {}

void TimelineCharts::add(const TimelineGroup& group) {
  if (!drawing_) {
    drawing_.emplace(sheet_.book(), std::string(sheet_.book().display().word("drawing")));
    worksheet_hide(drawing_->handle());
    drawing_->protect();
  }
  for (std::size_t first = 0; first < group.rows.size(); first += most_bars) {
    const std::size_t count = std::min(most_bars, group.rows.size() - first);
    const std::string title =
        first == 0 ? group.title
                   : sheet_.book().display().words("part", group.title, std::to_string(first / most_bars + 1));
    add_chart(title, &group.rows[first], count);
  }
}

// One row for each bar: its label, then gap and length of each segment.
lxw_row_t TimelineCharts::write_bars(const TimelineRow* rows, const std::vector<Bar>& bars) {
  const Look look{.ink = faint};
  const lxw_row_t first = drawing_->row();
  for (std::size_t i = 0; i < bars.size(); ++i) {
    std::string label = plain_text(rows[i].label, Breaks::join);
    if (!rows[i].tier_mark.empty()) label += "  " + plain_text(rows[i].tier_mark, Breaks::join);
    drawing_->text(0, label, look);
    double cursor = 0;
    int column = 1;
    for (const Segment& segment : bars[i].segments) {
      drawing_->number(column++, segment.begin - cursor, look);
      drawing_->number(column++, segment.end - segment.begin, look);
      cursor = segment.end;
    }
    drawing_->next_row();
  }
  return first;
}

void TimelineCharts::add_series(lxw_chart* chart, const std::vector<Bar>& bars, std::size_t segment, lxw_row_t first) {
  const std::string sheet = drawing_->handle()->name;
  const lxw_row_t last = first + static_cast<lxw_row_t>(bars.size()) - 1;
  const int column = 1 + 2 * static_cast<int>(segment);
  const auto series_of = [&](int at) {
    return chart_add_series(chart, area_of(sheet, first, 0, last, 0).c_str(),
                            area_of(sheet, first, at, last, at).c_str());
  };
  lxw_chart_fill none = {};
  none.none = LXW_TRUE;
  chart_series_set_fill(series_of(column), &none);

  lxw_chart_series* series = series_of(column + 1);
  const Book& book = sheet_.book();
  Points points;
  for (const Bar& bar : bars) {
    lxw_chart_point& point = points.points.emplace_back();
    lxw_chart_data_label& label = points.labels.emplace_back();
    label.hide = LXW_TRUE;
    if (segment >= bar.segments.size()) continue;
    const Segment& one = bar.segments[segment];
    lxw_chart_fill& fill = points.fills.emplace_back();
    fill.color = one.band == nullptr ? body : paint_of(one.band->outcome.tone).edge;
    point.fill = &fill;
    const double pixels = (one.end - one.begin) / (axis_.max - axis_.min) * width_ * plot_share;
    const std::string text = label_of(one, pixels);
    if (text.empty()) continue;
    label.hide = LXW_FALSE;
    label.value = points.texts.emplace_back(text).data();
    lxw_chart_font& font = points.fonts.emplace_back(chart_font(book, 8, ink_on(fill.color)));
    font.bold = LXW_TRUE;
    label.font = &font;
  }
  chart_series_set_points(series, pointers_to(points.points).data());
  chart_series_set_labels(series);
  chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_CENTER);
  chart_series_set_labels_custom(series, pointers_to(points.labels).data());
}

void TimelineCharts::add_chart(const std::string& title, const TimelineRow* first, std::size_t count) {
  Book& book = sheet_.book();
  std::vector<Bar> bars;
  std::size_t most = 0;
  int left_out = 0;
  for (std::size_t i = 0; i < count; ++i) {
    bars.push_back(bar_of(first[i], timeline_.marks, axis_, book.display().zone(), most_segments));
    most = std::max(most, bars.back().segments.size());
    left_out += bars.back().left_out;
  }
  lxw_chart* chart = book.add_chart(LXW_CHART_BAR_STACKED);
  const lxw_row_t row = write_bars(first, bars);
  for (std::size_t segment = 0; segment < std::max<std::size_t>(1, most); ++segment) {
    add_series(chart, bars, segment, row);
  }
  lxw_chart_font heading = chart_font(book, 12, book.accents().ink);
  heading.bold = LXW_TRUE;
  lxw_chart_font small = chart_font(book, 9);
  chart_title_set_name(chart, chart_text(title).c_str());
  chart_title_set_name_font(chart, &heading);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  chart_show_hidden_data(chart);
  chart_set_series_gap(chart, 30);
  chart_axis_set_reverse(chart->y_axis);
  chart_axis_set_crossing_max(chart->y_axis);
  chart_axis_set_num_font(chart->y_axis, &small);
  chart_axis_set_num_font(chart->x_axis, &small);
  chart_axis_set_num_format(chart->x_axis, axis_.format);
  chart_axis_set_min(chart->x_axis, axis_.min);
  chart_axis_set_max(chart->x_axis, axis_.max);
  chart_axis_set_major_unit(chart->x_axis, axis_.unit);
  frame_chart(chart);

  const double height = around_timeline + band_height * static_cast<double>(count);
  insert_chart(sheet_, chart, sheet_.row(), 0, width_, height - 6, title);
  for (lxw_row_t i = rows_for_chart(height); i > 0; --i) sheet_.next_row();
  if (left_out > 0) {
    sheet_.text(0, book.display().words("bands_left_out", std::to_string(left_out)), {.size = 9, .ink = faint});
    sheet_.next_row();
  }
}

}  // namespace linkaudit::reports::workbook
