// One self-contained page: no script, nothing fetched, one style sheet that the policy knows by its hash.
#include <fmt/ostream.h>

#include <ostream>
#include <set>

#include "reports/display.h"
#include "reports/file.h"
#include "reports/page/markup.h"
#include "reports/page/parts.h"
#include "reports/write.h"

namespace linkaudit::reports {
namespace page {
namespace {

void add_head(const Report& report, const Display& display, std::ostream& out) {
  const std::string mark = simulated_mark(report);
  fmt::print(
      out,
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; base-uri 'none'; "
      "form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"robots\" content=\"noindex\">\n<title>{}{}</title>\n<style>{}</style>\n</head>\n",
      display.language() == "zh" ? "zh-Hans" : "en", source_hash(style()), mark.empty() ? "" : mark + " · ",
      escaped(report.title), style());
}

void add_headlines(const std::vector<Headline>& headlines, std::ostream& out) {
  if (headlines.empty()) return;
  fmt::print(out, "<ul class=\"tiles\">\n");
  for (const auto& one : headlines) {
    fmt::print(out, "<li class=\"{}\"><span>{}</span> <strong>{}</strong> <small>{}</small></li>\n",
               tone_class(one.tone), escaped(one.label), escaped(one.value), escaped(one.detail));
  }
  fmt::print(out, "</ul>\n");
}

void add_block(const CoverBlock& block, std::ostream& out) {
  fmt::print(out, "<section class=\"block\">\n<h2>{}</h2>\n", escaped(block.heading));
  bool in_list = false;
  for (const auto& [label, text] : block.lines) {
    if (label.empty() == in_list) out << (in_list ? "</dl>\n" : "<dl>\n");
    in_list = !label.empty();
    if (in_list) {
      fmt::print(out, "<dt>{}</dt><dd>{}</dd>\n", escaped(label), escaped(text));
    } else {
      fmt::print(out, "<p>{}</p>\n", escaped(text));
    }
  }
  out << (in_list ? "</dl>\n</section>\n" : "</section>\n");
}

// A table's id on the page, unlike any other.
std::vector<std::string> table_ids(const Report& report) {
  std::vector<std::string> ids;
  std::set<std::string> used;
  for (const auto& table : report.tables) {
    std::string id = anchor("table-", table.id);
    while (!used.insert(id).second) id += "-";
    ids.push_back(id);
  }
  return ids;
}

void add_contents(const Report& report, const std::vector<std::string>& ids, const Display& display,
                  std::ostream& out) {
  if (!report.matrix && report.tables.empty()) return;
  fmt::print(out, "<nav aria-label=\"{}\">\n<ul>\n", display.word("contents"));
  if (report.matrix) fmt::print(out, "<li><a href=\"#matrix\">{}</a></li>\n", escaped(report.matrix->title));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    fmt::print(out, "<li><a href=\"#{}\">{}</a></li>\n", ids[i], escaped(report.tables[i].title));
  }
  fmt::print(out, "</ul>\n</nav>\n");
}

void add_header(const Report& report, const Display& display, std::ostream& out) {
  if (report.simulated)
    fmt::print(out, "<p class=\"simulated\" role=\"note\">{}</p>\n", escaped(simulated_banner(report)));
  fmt::print(out, "<header>\n<h1>{}</h1>\n", escaped(report.title));
  if (!report.subtitle.empty()) fmt::print(out, "<p class=\"subtitle\">{}</p>\n", escaped(report.subtitle));
  const std::string as_of = display.words("as_of", display.zone().shown(report.as_of));
  fmt::print(out, "<p class=\"meta\">{}{} · {}</p>\n</header>\n",
             report.organisation.empty() ? "" : escaped(report.organisation) + " · ", as_of,
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

void add_page(const Report& report, std::ostream& out) {
  const Display display(report);
  const std::vector<std::string> ids = table_ids(report);
  add_head(report, display, out);
  fmt::print(out, "<body>\n");
  add_header(report, display, out);
  add_contents(report, ids, display, out);
  fmt::print(out, "<main>\n");
  add_headlines(report.headlines, out);
  for (const auto& block : report.cover) add_block(block, out);
  if (report.matrix) add_matrix(*report.matrix, display, out);
  for (std::size_t i = 0; i < ids.size(); ++i) add_table(report.tables[i], ids[i], display, out);
  fmt::print(out, "</main>\n");
  add_footer(report, display, out);
  fmt::print(out, "</body>\n</html>\n");
}

}  // namespace
}  // namespace page

void write_html(const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) { page::add_page(report, out); });
}

}  // namespace linkaudit::reports
