#include "reports/workbook/chart.h"

#include <algorithm>
#include <cmath>

#include "reports/text.h"
#include "reports/workbook/palette.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr double default_width = 480, default_height = 288;  // pixels, of the library's charts
constexpr double default_row = 20;
constexpr double around_bars = 120, bar_height = 24;  // title, axis and legend; each bar with its gap
constexpr double lowest_chart = 200, highest_chart = 900, broadest_chart = 1100;
constexpr std::size_t most_series = 255;

int column_of(const Table& table, const std::string& key) {
  const auto place = std::ranges::find(table.columns, key, &Column::key);
  return place == table.columns.end() ? -1 : static_cast<int>(place - table.columns.begin());
}

void add_part(Book& book, lxw_chart* chart, const std::string& sheet, int categories, int column, Tone tone,
              lxw_row_t headings, Rows rows) {
  const std::string names = area_of(sheet, rows.first, categories, rows.last, categories);
  const std::string values = area_of(sheet, rows.first, column, rows.last, column);
  lxw_chart_series* series = chart_add_series(chart, names.c_str(), values.c_str());
  chart_series_set_name_range(series, sheet.c_str(), headings, static_cast<lxw_col_t>(column));
  const Paint paint = paint_of(tone);
  lxw_chart_fill fill = {};
  fill.color = paint.edge;
  chart_series_set_fill(series, &fill);
  chart_series_set_labels(series);
  chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_CENTER);
  chart_series_set_labels_num_format(series, "#,##0;;");  // zeros are not said
  lxw_chart_font font = chart_font(book, 9, ink_on(paint.edge));
  font.bold = LXW_TRUE;
  chart_series_set_labels_font(series, &font);
}

}  // namespace

std::string chart_text(std::string_view text, std::size_t limit) {
  std::string plain = cut_to_utf16(plain_text(text, Breaks::join), limit, "…");
  if (!plain.empty() && plain[0] == '=') plain.insert(0, " ");
  return plain;
}

lxw_chart_font chart_font(const Book& book, double size, std::uint32_t colour) {
  lxw_chart_font font = {};
  font.name = const_cast<char*>(book.font());  // the library copies it
  font.size = size;
  font.color = colour;
  return font;
}

void frame_chart(lxw_chart* chart) {
  lxw_chart_line line = {};
  line.color = rule;
  line.width = 0.75;
  chart_axis_major_gridlines_set_line(chart->x_axis, &line);
  chart_chartarea_set_line(chart, &line);
}

lxw_row_t rows_for_chart(double height) {
  return static_cast<lxw_row_t>(std::ceil(height / default_row));
}

void insert_chart(Sheet& sheet, lxw_chart* chart, lxw_row_t row, int column, double width, double height,
                  const std::string& description) {
  std::string words = chart_text(description, 250);
  lxw_chart_options options = {};
  options.x_scale = width / default_width;
  options.y_scale = height / default_height;
  options.object_position = LXW_OBJECT_MOVE_DONT_SIZE;
  options.description = words.data();
  check(worksheet_insert_chart_opt(sheet.handle(), row, static_cast<lxw_col_t>(column), chart, &options));
}

lxw_row_t add_bar_chart(Sheet& sheet, const Table& table, lxw_row_t headings, Rows rows, lxw_row_t at, double width) {
  Book& book = sheet.book();
  const BarChart& wanted = *table.chart;
  const int categories = column_of(table, wanted.categories);
  const auto bars = static_cast<lxw_row_t>(std::min<std::size_t>(wanted.rows, rows.last - rows.first + 1));
  if (categories < 0 || bars == 0 || wanted.parts.empty() || wanted.parts.size() > most_series) return at;

  lxw_chart* chart = book.add_chart(LXW_CHART_BAR_STACKED);
  for (const BarChart::Part& part : wanted.parts) {
    const int column = column_of(table, part.column);
    if (column < 0) continue;
    add_part(book, chart, sheet.handle()->name, categories, column, part.tone, headings,
             {rows.first, rows.first + bars - 1});
  }
  lxw_chart_font title = chart_font(book, 12, book.accents().ink);
  title.bold = LXW_TRUE;
  lxw_chart_font small = chart_font(book, 9);
  chart_title_set_name(chart, chart_text(wanted.title).c_str());
  chart_title_set_name_font(chart, &title);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  chart_legend_set_font(chart, &small);
  chart_set_series_gap(chart, 40);
  chart_axis_set_num_font(chart->y_axis, &small);
  chart_axis_set_num_font(chart->x_axis, &small);
  chart_axis_set_reverse(chart->y_axis);  // the first row on top
  chart_axis_set_crossing_max(chart->y_axis);
  chart_axis_set_num_format(chart->x_axis, "#,##0");
  chart_axis_set_min(chart->x_axis, 0);
  frame_chart(chart);

  const double height = std::clamp(around_bars + bar_height * bars, lowest_chart, highest_chart);
  insert_chart(sheet, chart, at, 0, std::min(width, broadest_chart), height - 6, wanted.title);
  return at + rows_for_chart(height);
}

}  // namespace linkaudit::reports::workbook
