#include <fmt/ostream.h>

#include <ostream>
#include <sstream>

#include "reports/page/markup.h"
#include "reports/page/parts.h"

namespace linkaudit::reports::page {
namespace {

std::string cell(const Value& value, const Display& display) {
  if (const auto* badge = std::get_if<Badge>(&value)) return badge_markup(*badge);
  if (const auto* at = std::get_if<Instant>(&value)) {
    return fmt::format("<time datetime=\"{}\">{}</time>", display.zone().rfc3339(*at), display.zone().shown(*at));
  }
  return escaped(display.shown(value));
}

std::string_view cell_class(const Value& value, const Column& column) {
  if (std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value)) return " class=\"number\"";
  if (std::holds_alternative<Instant>(value)) return " class=\"time\"";
  return column.wrap ? " class=\"long\"" : "";
}

void add_row(const Table& table, const Row& row, const Display& display, std::ostream& out) {
  fmt::print(out, "<tr>");
  const std::size_t struck = struck_cells(table, row);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Value value = i < row.size() ? row[i] : Value{};
    const bool heads = i == 0 && table.frozen_columns > 0;
    std::string content = cell(value, display);
    if (i < struck && !content.empty()) content = "<s>" + content + "</s>";
    if (heads) {
      fmt::print(out, "<th scope=\"row\"{}>{}</th>", cell_class(value, table.columns[i]), content);
    } else {
      fmt::print(out, "<td{}>{}</td>", cell_class(value, table.columns[i]), content);
    }
  }
  fmt::print(out, "</tr>\n");
}

}  // namespace

void add_table(const Table& table, std::string_view id, const Display& display, std::ostream& out) {
  const std::string title = escaped(table.title);
  const NextRow next = table.rows();
  std::ostringstream rows;
  std::size_t count = 0;
  bool more = false;
  for (Row row; next(row); ++count) {
    more = count == most_rows;
    if (more) break;
    add_row(table, row, display, rows);
  }
  fmt::print(out, "<section id=\"{}\">\n<h2>{}</h2>\n", id, title);
  if (!table.intro.empty()) fmt::print(out, "<p class=\"intro\">{}</p>\n", escaped(table.intro));
  if (more) fmt::print(out, "<p class=\"cut\">{}</p>\n", display.words("first_rows", std::to_string(most_rows)));
  if (count == 0) {
    fmt::print(out, "<p class=\"intro\">{}</p>\n</section>\n", display.word("no_rows"));
    return;
  }
  fmt::print(out,
             "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n"
             "<table>\n<caption class=\"unseen\">{0}</caption>\n<thead>\n<tr>",
             title);
  for (const auto& column : table.columns) fmt::print(out, "<th scope=\"col\">{}</th>", escaped(column.heading));
  fmt::print(out, "</tr>\n</thead>\n<tbody>\n");
  out << rows.view();
  fmt::print(out, "</tbody>\n</table>\n</div>\n</section>\n");
}

}  // namespace linkaudit::reports::page
