#include <fmt/ostream.h>

#include <algorithm>
#include <iterator>
#include <ostream>
#include <sstream>

#include "reports/page/markup.h"
#include "reports/page/parts.h"

namespace linkaudit::reports::page {
namespace {

struct Drawn {
  std::string rows;
  std::size_t count = 0;
  bool more = false;             // than are drawn
  std::vector<bool> of_numbers;  // columns, by the first row
};

// Columns beyond those that go on paper.
bool is_for_the_screen(const Table& table, std::size_t column) {
  return table.printed_columns > 0 && column >= static_cast<std::size_t>(table.printed_columns);
}

void add_row(const Table& table, const Row& row, std::size_t at, const Scale& scale, const Page& page,
             std::ostream& out) {
  const std::string id = page.anchors.id_of(table, at, row);
  out << (id.empty() ? "<tr>" : "<tr id=\"" + id + "\">");
  const std::size_t struck = struck_cells(table, row);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    Cell cell = cell_of(table, i, i < row.size() ? row[i] : Value{}, scale, page);
    const bool heads = i == 0 && table.frozen_columns > 0;
    if (is_for_the_screen(table, i)) cell.attributes = with_class(cell.attributes, "screen");
    if (i < struck && !cell.content.empty()) cell.content = "<s>" + cell.content + "</s>";
    out << (heads ? "<th scope=\"row\"" : "<td") << cell.attributes << ">" << cell.content
        << (heads ? "</th>" : "</td>");
  }
  out << "</tr>\n";
}

Scale scale_of(const Table& table, const Page& page) {
  Scale scale{0, std::vector<double>(table.columns.size(), 0)};
  const auto measured = [](const Column& column) { return column.heat || column.bars; };
  if (std::ranges::none_of(table.columns, measured)) return scale;
  const NextRow next = table.rows();
  std::size_t count = 0;
  for (Row row; count < page.most_rows && next(row); ++count) {
    for (std::size_t i = 0; i < table.columns.size() && i < row.size(); ++i) {
      const double number = number_of(row[i]).value_or(0);
      if (table.columns[i].heat) scale.heat = std::max(scale.heat, number);
      if (table.columns[i].bars) scale.bars[i] = std::max(scale.bars[i], number);
    }
  }
  return scale;
}

Drawn drawn(const Table& table, const Page& page) {
  const Scale scale = scale_of(table, page);
  const NextRow next = table.rows();
  std::ostringstream rows;
  Drawn all;
  for (Row row; next(row); ++all.count) {
    all.more = all.count == page.most_rows;
    if (all.more) break;
    if (all.count == 0) {
      std::ranges::transform(row, std::back_inserter(all.of_numbers),
                             [](const Value& value) { return number_of(value).has_value(); });
    }
    add_row(table, row, all.count, scale, page, rows);
  }
  all.rows = std::move(rows).str();
  return all;
}

}  // namespace

void add_rows(const Table& table, const Page& page, std::ostream& out) {
  const Drawn all = drawn(table, page);
  if (all.more) {
    fmt::print(out, "<p class=\"cut\">{}</p>\n",
               page.display.words("first_rows", page.display.number(static_cast<std::int64_t>(page.most_rows))));
  }
  if (all.count == 0) {
    fmt::print(out, "<p class=\"intro\">{}</p>\n", page.display.word("no_rows"));
    return;
  }
  fmt::print(out,
             "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n"
             "<table class=\"list\">\n<caption class=\"unseen\">{0}</caption>\n<thead>\n<tr>",
             escaped(table.title));
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::string attributes = " scope=\"col\"";
    if (i < all.of_numbers.size() && all.of_numbers[i]) attributes = with_class(attributes, "number");
    if (is_for_the_screen(table, i)) attributes = with_class(attributes, "screen");
    fmt::print(out, "<th{}>{}</th>", attributes, escaped(table.columns[i].heading));
  }
  fmt::print(out, "</tr>\n</thead>\n<tbody>\n");
  out << all.rows;
  fmt::print(out, "</tbody>\n</table>\n</div>\n");
}

void add_table(const Table& table, std::string_view id, const Page& page, std::ostream& out) {
  fmt::print(out, "<section id=\"{}\">\n<h2>{}</h2>\n", id, escaped(table.title));
  if (!table.intro.empty()) fmt::print(out, "<p class=\"intro\">{}</p>\n", escaped(table.intro));
  if (table.chart) add_chart(table, id, page, out);
  add_rows(table, page, out);
  fmt::print(out, "</section>\n");
}

}  // namespace linkaudit::reports::page
