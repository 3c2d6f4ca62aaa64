#include <fmt/ostream.h>

#include <ostream>

#include "reports/page/markup.h"
#include "reports/page/parts.h"

namespace linkaudit::reports::page {
namespace {

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

}  // namespace

void add_cover(const Page& page, std::ostream& out) {
  if (page.report.headlines.empty() && page.report.cover.empty()) return;
  out << "<div id=\"cover\">\n";
  add_headlines(page.report.headlines, out);
  for (const auto& block : page.report.cover) add_block(block, out);
  out << "</div>\n";
}

}  // namespace linkaudit::reports::page
