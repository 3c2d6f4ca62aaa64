// A table's own numbers as bars of parts laid end to end, inline SVG.
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

#include "reports/page/markup.h"
#include "reports/page/parts.h"
#include "reports/text.h"

namespace linkaudit::reports::page {
namespace {

constexpr double chart_wide = 1000, names_wide = 320, bar_step = 30, bar_high = 22, totals_wide = 60, digit_wide = 7.5;
constexpr int name_columns = 48;

struct Bar {
  std::string name;
  std::vector<double> numbers;  // one for each part
  double total = 0;
};

std::string number_text(double number, const Display& display) {
  if (number == static_cast<double>(static_cast<std::int64_t>(number))) {
    return display.number(static_cast<std::int64_t>(number));
  }
  return fmt::format("{:.1f}", number);
}

std::vector<Bar> bars_of(const Table& table, const Page& page) {
  const Display& display = page.display;
  const BarChart& chart = *table.chart;
  const std::size_t names = column_of(table, chart.categories);
  std::vector<Bar> bars;
  const NextRow next = table.rows();
  for (Row row; bars.size() < std::min(chart.rows, page.most_rows) && next(row);) {
    row.resize(table.columns.size());
    Bar bar;
    if (names < row.size()) bar.name = plain_text(display.shown(row[names]), Breaks::join);
    for (const auto& part : chart.parts) {
      const std::size_t column = column_of(table, part.column);
      const double number = column < row.size() ? number_of(row[column]).value_or(0) : 0;
      bar.numbers.push_back(std::max(0.0, number));
      bar.total += bar.numbers.back();
    }
    bars.push_back(std::move(bar));
  }
  return bars;
}

std::string heading_of(const Table& table, const std::string& key) {
  const std::size_t column = column_of(table, key);
  return column < table.columns.size() ? table.columns[column].heading : key;
}

void add_bar(const Bar& bar, double y, double largest, const Table& table, const Display& display, std::ostream& out) {
  const double scale = (chart_wide - names_wide - totals_wide) / largest;
  fmt::print(out,
             "<g class=\"label\"><title>{}</title><text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text></g>",
             escaped(bar.name), names_wide - 10, y + 15, escaped(cut_to_width(bar.name, name_columns)));
  double x = names_wide;
  for (std::size_t i = 0; i < bar.numbers.size(); ++i) {
    if (bar.numbers[i] <= 0) continue;
    const auto& part = table.chart->parts[i];
    const std::string number = number_text(bar.numbers[i], display);
    const double width = bar.numbers[i] * scale;
    fmt::print(out,
               "<g class=\"band {}\"><title>{}: {}</title><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
               "height=\"{:.0f}\"/>",
               tone_class(part.tone), escaped(heading_of(table, part.column)), number, x, y, width, bar_high);
    if (width >= digit_wide * static_cast<double>(number.size()) + 4) {
      fmt::print(out, "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>", x + width / 2, y + 15,
                 number);
    }
    out << "</g>";
    x += width;
  }
  fmt::print(out, "<text class=\"total\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", x + 8, y + 15,
             number_text(bar.total, display));
}

}  // namespace

void add_chart(const Table& table, std::string_view id, const Page& page, std::ostream& out) {
  const std::vector<Bar> bars = bars_of(table, page);
  double largest = 0;
  for (const Bar& bar : bars) largest = std::max(largest, bar.total);
  if (largest <= 0) return;
  const std::string title = escaped(table.chart->title.empty() ? table.title : table.chart->title);
  fmt::print(out, "<figure>\n<figcaption>{}</figcaption>\n<ul class=\"key\">", title);
  for (const auto& part : table.chart->parts) {
    fmt::print(out, "<li><span class=\"badge {}\">{}</span></li>", tone_class(part.tone),
               escaped(heading_of(table, part.column)));
  }
  fmt::print(out,
             "</ul>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n<svg class=\"chart\" "
             "viewBox=\"0 0 {1:.0f} {2:.0f}\" role=\"img\" aria-labelledby=\"{3}-chart\">\n"
             "<title id=\"{3}-chart\">{0}</title>\n",
             title, chart_wide, bar_step * static_cast<double>(bars.size()), id);
  double y = (bar_step - bar_high) / 2;
  for (const Bar& bar : bars) {
    add_bar(bar, y, largest, table, page.display, out);
    y += bar_step;
  }
  out << "</svg>\n</div>\n</figure>\n";
}

}  // namespace linkaudit::reports::page
