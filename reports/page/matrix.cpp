#include <fmt/ostream.h>

#include <ostream>

#include "reports/page/markup.h"
#include "reports/page/parts.h"

namespace linkaudit::reports::page {
namespace {

void add_headings(const Matrix& matrix, std::ostream& out) {
  fmt::print(out, "<thead>\n<tr><td></td>");
  for (std::size_t begin = 0; begin < matrix.contexts.size();) {
    const std::string group = begin < matrix.groups.size() ? matrix.groups[begin] : "";
    std::size_t end = begin + 1;
    while (end < matrix.contexts.size() && end < matrix.groups.size() && matrix.groups[end] == group) ++end;
    fmt::print(out, "<th scope=\"colgroup\" colspan=\"{}\">{}</th>", end - begin, escaped(group));
    begin = end;
  }
  fmt::print(out, "</tr>\n<tr><th scope=\"col\">{}</th>", escaped(matrix.corner));
  for (const auto& context : matrix.contexts) fmt::print(out, "<th scope=\"col\">{}</th>", escaped(context));
  fmt::print(out, "</tr>\n</thead>\n");
}

constexpr std::size_t most_cell_entries = 3;  // in sight; all stand in the note

void add_cell_entries(const MatrixEntry& entry, const Page& page, std::ostream& out) {
  const auto& numbers = entry.entries.numbers;
  if (numbers.empty()) return;
  const bool all = numbers.size() <= most_cell_entries || entry.comment.empty();
  const Entries shown = all ? entry.entries : Entries{{numbers.begin(), numbers.begin() + most_cell_entries}};
  fmt::print(out, "<small class=\"entries\">{} {}{}</small>", page.display.word("entry"), page.anchors.links(shown),
             all ? "" : " …");
}

void add_entry(const MatrixEntry& entry, const Page& page, std::ostream& out) {
  std::string head = fmt::format("<span class=\"symbol\" aria-hidden=\"true\">{}</span> {}",
                                 escaped(entry.outcome.symbol), escaped(entry.outcome.label));
  if (!entry.tier_mark.empty()) head += fmt::format(" <span class=\"tier\">{}</span>", escaped(entry.tier_mark));
  fmt::print(out, "<td class=\"{}\">", tone_class(entry.outcome.tone));
  if (entry.comment.empty()) {
    fmt::print(out, "<strong>{}</strong>", head);
  } else {
    fmt::print(out, "<details><summary title=\"{0}\"><strong>{1}</strong></summary><p>{0}", escaped(entry.comment),
               head);
    if (entry.entries.numbers.size() > most_cell_entries) {
      fmt::print(out, "\n{} {}", page.display.word("entry"), page.anchors.links(entry.entries));
    }
    fmt::print(out, "</p></details>");
  }
  if (!entry.text.empty()) fmt::print(out, "<small>{}</small>", escaped(entry.text));
  add_cell_entries(entry, page, out);
  fmt::print(out, "</td>");
}

void add_legend(const Matrix& matrix, const Display& display, std::ostream& out) {
  if (!matrix.legend.empty()) {
    fmt::print(out, "<div><h3>{}</h3>\n<dl>", display.word("legend"));
    for (const auto& [badge, meaning] : matrix.legend) {
      fmt::print(out, "<dt>{}</dt><dd>{}</dd>\n", badge_markup(badge), escaped(meaning));
    }
    fmt::print(out, "</dl></div>\n");
  }
  if (!matrix.tiers.empty()) {
    fmt::print(out, "<div><h3>{}</h3>\n<dl>", display.word("tiers"));
    for (const auto& [mark, meaning] : matrix.tiers) {
      fmt::print(out, "<dt><span class=\"tier\">{}</span></dt><dd>{}</dd>\n", escaped(mark), escaped(meaning));
    }
    fmt::print(out, "</dl></div>\n");
  }
}

}  // namespace

void add_matrix(const Matrix& matrix, const Page& page, std::ostream& out) {
  const std::string title = escaped(matrix.title);
  fmt::print(out, "<section id=\"matrix\">\n<h2>{}</h2>\n", title);
  if (!matrix.intro.empty()) fmt::print(out, "<p class=\"intro\">{}</p>\n", escaped(matrix.intro));
  fmt::print(out,
             "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n"
             "<table class=\"matrix\">\n<caption class=\"unseen\">{0}</caption>\n",
             title);
  add_headings(matrix, out);
  fmt::print(out, "<tbody>\n");
  for (std::size_t i = 0; i < matrix.platforms.size() && i < matrix.cells.size(); ++i) {
    fmt::print(out, "<tr><th scope=\"row\">{}</th>", escaped(matrix.platforms[i]));
    for (const auto& entry : matrix.cells[i]) add_entry(entry, page, out);
    fmt::print(out, "</tr>\n");
  }
  fmt::print(out, "</tbody>\n</table>\n</div>\n<div class=\"legend\">\n");
  add_legend(matrix, page.display, out);
  fmt::print(out, "</div>\n</section>\n");
}

}  // namespace linkaudit::reports::page
