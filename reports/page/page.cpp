// One self-contained page: nothing fetched; one style sheet and one script, which the policy knows by their hashes, and
// all is there without the script.
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "reports/display.h"
#include "reports/file.h"
#include "reports/order.h"
#include "reports/page/markup.h"
#include "reports/page/page.h"
#include "reports/page/parts.h"
#include "reports/page/sheet.h"
#include "reports/write.h"

namespace linkaudit::reports {
namespace page {
namespace {

// A part and its id on the page, unlike any other.
struct Placed {
  Part part;
  std::string id, title;
};

void add_head(const Report& report, const Display& display, std::ostream& out) {
  const std::string mark = simulated_mark(report), style = style_of(report, display);
  fmt::print(
      out,
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src {}; img-src "
      "data:; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n"
      "<title>{}{}</title>\n<style>{}</style>\n</head>\n",
      display.language() == "zh" ? "zh-Hans" : "en", source_hash(style), source_hash(script()),
      mark.empty() ? "" : mark + " · ", escaped(report.title), style);
}

std::vector<Placed> placed_parts(const Report& report, const std::vector<Part>& parts, const Display& display) {
  std::vector<Placed> all;
  std::set<std::string> used;
  for (const Part& part : parts) {
    std::string id, title;
    switch (part.kind) {
      case Part::Kind::cover: id = "cover", title = display.word("cover"); break;
      case Part::Kind::matrix: id = "matrix", title = report.matrix->title; break;
      case Part::Kind::timeline: id = "timeline", title = report.timeline->title; break;
      case Part::Kind::table: id = anchor("table-", part.table->id), title = part.table->title; break;
    }
    while (!used.insert(id).second) id += "-";
    all.push_back({part, id, title});
  }
  return all;
}

void add_contents(const std::vector<Placed>& parts, const Display& display, std::ostream& out) {
  if (parts.size() < 2) return;
  fmt::print(out, "<nav aria-label=\"{}\">\n<ul>\n", display.word("contents"));
  for (const Placed& placed : parts) {
    if (placed.part.kind == Part::Kind::cover) continue;  // where one is
    fmt::print(out, "<li><a href=\"#{}\">{}</a></li>\n", placed.id, escaped(placed.title));
  }
  fmt::print(out, "</ul>\n</nav>\n");
}

void add_header(const Report& report, const Display& display, std::ostream& out) {
  fmt::print(out, "<header>\n");
  if (report.simulated) {
    fmt::print(out, "<p class=\"simulated\" role=\"note\">{}</p>\n", escaped(simulated_banner(report)));
  }
  const std::string logo = image_markup(report.logo, report.organisation, "logo");
  if (!logo.empty()) fmt::print(out, "{}\n", logo);
  fmt::print(out, "<h1>{}</h1>\n", escaped(report.title));
  if (!report.subtitle.empty()) fmt::print(out, "<p class=\"subtitle\">{}</p>\n", escaped(report.subtitle));
  fmt::print(out, "<p class=\"meta\">{}{} · {}</p>\n</header>\n",
             report.organisation.empty() ? "" : escaped(report.organisation) + " · ",
             display.dated("as_of", report.as_of),
             escaped(display.words("times_in", display.zone().label(report.as_of))));
}

void add_footer(const Report& report, const Display& display, std::ostream& out) {
  fmt::print(out, "<footer>\n<p>{} · {}</p>\n", escaped(display.words("as_of", display.zone().shown(report.as_of))),
             escaped(display.zone().label(report.as_of)));
  if (!report.checkpoint.empty()) {
    fmt::print(out, "<p class=\"checkpoint\">{}</p>\n", escaped(display.words("checkpoint", report.checkpoint)));
  }
  if (report.simulated) fmt::print(out, "<p class=\"simulated\">{}</p>\n", escaped(simulated_banner(report)));
  fmt::print(out, "</footer>\n");
}

void add_part(const Placed& placed, const Page& page, std::ostream& out) {
  switch (placed.part.kind) {
    case Part::Kind::cover: return add_cover(page, out);
    case Part::Kind::matrix: return add_matrix(*page.report.matrix, page, out);
    case Part::Kind::timeline: return add_timeline(*page.report.timeline, page, out);
    case Part::Kind::table: return add_table(*placed.part.table, placed.id, page, out);
  }
}

}  // namespace

void add_page(const Report& report, std::size_t most_rows, std::ostream& out) {
  const Display display(report);
  const std::vector<Part> parts = parts_of(report);
  const std::vector<Placed> placed = placed_parts(report, parts, display);
  const Anchors anchors(parts, most_rows);
  const Page page{report, display, anchors, most_rows};
  add_head(report, display, out);
  fmt::print(out, "<body>\n");
  add_header(report, display, out);
  add_contents(placed, display, out);
  fmt::print(out, "<main data-filter=\"{}\" data-all=\"{}\" data-shown=\"{}\">\n", display.word("filter"),
             display.word("filter_all"), escaped(display.words("filter_shown", "{0}", "{1}")));
  for (const Placed& one : placed) add_part(one, page, out);
  fmt::print(out, "</main>\n");
  add_footer(report, display, out);
  fmt::print(out, "<script>{}</script>\n</body>\n</html>\n", script());
}

}  // namespace page

void write_html(const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) { page::add_page(report, page::rows_on_screen, out); });
}

}  // namespace linkaudit::reports
