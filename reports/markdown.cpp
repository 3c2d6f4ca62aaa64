// A summary for mails and chats, of GitHub's Markdown, which most of them show.
#include <algorithm>
#include <array>
#include <ostream>

#include "reports/display.h"
#include "reports/file.h"
#include "reports/markdown_text.h"
#include "reports/order.h"
#include "reports/write.h"

namespace linkaudit::reports {
namespace {

constexpr std::size_t most_summary_rows = 20;
constexpr std::size_t most_summary_columns = 8;
constexpr std::array<std::string_view, 2> summarized = {"breaches", "changes"};

// Columns that go into a summary: not what an officer still has to fill in, no pictures of bytes.
std::vector<std::size_t> summary_columns(const Table& table) {
  const auto most = table.printed_columns > 0 ? static_cast<std::size_t>(table.printed_columns) : table.columns.size();
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < std::min(most, table.columns.size()) && chosen.size() < most_summary_columns; ++i) {
    if (table.columns[i].input == Input::none) chosen.push_back(i);
  }
  return chosen;
}

void add_summary_table(const Table& table, const Display& display, std::ostream& out) {
  const std::vector<std::size_t> columns = summary_columns(table);
  const NextRow next = table.rows();
  std::size_t count = 0;
  for (Row row; out && next(row); ++count) {
    if (count >= most_summary_rows) continue;
    if (count == 0) {
      out << "|";
      for (const std::size_t i : columns) out << " " << markdown_text(table.columns[i].heading) << " |";
      out << "\n|";
      for (std::size_t i = 0; i < columns.size(); ++i) out << " --- |";
      out << "\n";
    }
    row.resize(table.columns.size());
    const std::size_t struck = struck_cells(table, row);
    out << "|";
    for (const std::size_t i : columns) {
      const std::string text = markdown_text(display.shown(row[i]));
      const char* mark = i < struck && !text.empty() ? "~~" : "";
      out << " " << mark << text << mark << " |";
    }
    out << "\n";
  }
  if (count == 0) out << display.word("no_rows") << "\n";
  if (count > most_summary_rows) {
    out << "\n"
        << display.words("and_more", display.number(static_cast<std::int64_t>(count - most_summary_rows))) << "\n";
  }
}

void add_summary_head(const Report& report, const Display& display, std::ostream& out) {
  out << "# " << markdown_text(report.title) << "\n\n";
  if (report.simulated) out << "**" << markdown_text(simulated_banner(report)) << "**\n\n";
  if (!report.subtitle.empty()) out << markdown_text(report.subtitle) << "\n\n";
  if (!report.organisation.empty()) out << markdown_text(report.organisation) << " · ";
  out << display.dated("as_of", report.as_of) << " · "
      << markdown_text(display.words("times_in", display.zone().label(report.as_of))) << "\n";
}

void add_summary_headlines(const Report& report, const Display& display, std::ostream& out) {
  if (report.headlines.empty()) return;
  out << "\n| " << display.word("figure") << " | " << display.word("figure.value") << " | "
      << display.word("figure.detail") << " |\n| --- | --- | --- |\n";
  for (const Headline& one : report.headlines) {
    out << "| " << markdown_text(one.label) << " | **" << markdown_text(one.value) << "** | "
        << markdown_text(one.detail) << " |\n";
  }
}

void add_summary_block(const CoverBlock& block, std::ostream& out) {
  out << "\n## " << markdown_text(block.heading) << "\n\n";
  for (const auto& [label, text] : block.lines) {
    out << "- ";
    if (!label.empty()) out << "**" << markdown_text(label) << "** ";
    out << markdown_text(text) << "\n";
  }
}

}  // namespace

void print_markdown(const Report& report, std::ostream& out) {
  const Display display(report);
  add_summary_head(report, display, out);
  const bool cover = draws(report, Part::Kind::cover);
  if (cover) add_summary_headlines(report, display, out);
  for (const Part& part : parts_of(report)) {
    if (part.table == nullptr || std::ranges::find(summarized, part.table->id) == summarized.end()) continue;
    out << "\n## " << markdown_text(part.table->title) << "\n\n";
    add_summary_table(*part.table, display, out);
  }
  const bool chosen = std::ranges::any_of(report.cover, &CoverBlock::summary);
  for (const CoverBlock& block : report.cover) {
    if (cover && (block.summary || !chosen)) add_summary_block(block, out);
  }
  if (!report.checkpoint.empty()) out << "\n" << markdown_text(display.words("checkpoint", report.checkpoint)) << "\n";
}

void write_markdown(const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) { print_markdown(report, out); });
}

}  // namespace linkaudit::reports
