// Tables for a terminal: columns aligned by display width, so that Chinese and Latin text stand in line.
#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "reports/display.h"
#include "reports/text.h"
#include "reports/write.h"

namespace linkaudit::reports {
namespace {

using Line = std::vector<std::string>;

constexpr std::size_t measured_rows = 1000;  // column widths come from these; later rows are cut to them
constexpr int widest = 44;
constexpr int widest_wrapped = 72;  // columns that a spreadsheet would wrap hold sentences
constexpr const char* gap = "  ";

Line line_of(const Display& display, Row& row, std::size_t columns) {
  row.resize(columns);
  Line line;
  for (const Value& value : row) line.push_back(plain_text(display.shown(value), Breaks::join));
  return line;
}

bool is_number(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value) ||
         std::holds_alternative<Counted>(value) || std::holds_alternative<Summed>(value);
}

// Columns as wide as the rows that were measured; a later row may be wider, rather than lose its end.
struct Shape {
  std::vector<int> widths, limits;
  std::vector<bool> right;

  explicit Shape(const std::vector<Column>& columns)
      : widths(columns.size(), 1), limits(columns.size(), widest), right(columns.size(), false) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].wrap) limits[i] = widest_wrapped;
    }
  }
  void measure(const Line& line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      widths[i] = std::max(widths[i], std::min(limits[i], display_width(line[i])));
    }
  }
  std::string cell(std::size_t column, const std::string& text) const {
    const std::string cut = cut_to_width(text, limits[column]);
    if (!right[column]) return pad_to_width(cut, widths[column]);
    return std::string(static_cast<std::size_t>(std::max(0, widths[column] - display_width(cut))), ' ') + cut;
  }
};

void print_line(const Line& line, const Shape& shape, std::ostream& out) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i > 0) text += gap;
    text += shape.cell(i, line[i]);
  }
  text.erase(text.find_last_not_of(' ') + 1);
  out << text << "\n";
}

void print_rule(const std::vector<int>& widths, std::ostream& out) {
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i > 0) out << gap;
    for (int n = 0; n < widths[i]; ++n) out << "─";
  }
  out << "\n";
}

void print_banner(const Report& report, std::ostream& out) {
  if (report.simulated) out << simulated_banner(report) << "\n\n";
}

// Pairs below a matrix: what a sign means.
void print_pairs(const std::string& heading, const std::vector<std::pair<std::string, std::string>>& pairs,
                 std::ostream& out) {
  if (pairs.empty()) return;
  int width = 0;
  for (const auto& [sign, meaning] : pairs) width = std::max(width, display_width(sign));
  out << "\n" << heading << "\n";
  for (const auto& [sign, meaning] : pairs) {
    out << "  " << pad_to_width(sign, width) << "  " << plain_text(meaning, Breaks::join) << "\n";
  }
}

std::string cell_text(const MatrixEntry& entry) {
  std::string text = shown(entry.outcome);
  if (!entry.tier_mark.empty()) text.append(" ").append(plain_text(entry.tier_mark, Breaks::join));
  return text;
}

}  // namespace

void print_text(const Table& table, const Report& report, std::ostream& out) {
  const Display display(report);
  print_banner(report, out);
  Line heading;
  for (const auto& column : table.columns) heading.push_back(plain_text(column.heading, Breaks::join));
  Shape shape(table.columns);
  shape.measure(heading);

  const NextRow next = table.rows();
  std::vector<Line> first;
  bool more = false;
  for (Row row; (more = next(row));) {
    Line line = line_of(display, row, heading.size());
    if (first.empty()) std::transform(row.begin(), row.end(), shape.right.begin(), is_number);
    shape.measure(line);
    first.push_back(std::move(line));
    if (first.size() == measured_rows) break;
  }
  if (first.empty()) {
    out << display.word("no_rows") << "\n";
    return;
  }
  print_line(heading, shape, out);
  print_rule(shape.widths, out);
  for (const Line& line : first) print_line(line, shape, out);
  for (Row row; more && out && next(row);) {
    print_line(line_of(display, row, heading.size()), shape, out);
  }
}

void print_matrix(const Matrix& matrix, const Report& report, std::ostream& out) {
  const Display display(report);
  print_banner(report, out);
  Line groups{""};
  Line heading{plain_text(matrix.corner, Breaks::join)};
  for (std::size_t i = 0; i < matrix.contexts.size(); ++i) {
    const bool again = i > 0 && i < matrix.groups.size() && matrix.groups[i] == matrix.groups[i - 1];
    groups.push_back(i < matrix.groups.size() && !again ? plain_text(matrix.groups[i], Breaks::join) : "");
    heading.push_back(plain_text(matrix.contexts[i], Breaks::join));
  }
  std::vector<Line> lines{groups, heading};
  for (std::size_t i = 0; i < matrix.platforms.size(); ++i) {
    Line line{plain_text(matrix.platforms[i], Breaks::join)};
    for (std::size_t j = 0; j < matrix.contexts.size(); ++j) line.push_back(cell_text(matrix.cells[i][j]));
    lines.push_back(std::move(line));
  }
  Shape shape(std::vector<Column>(heading.size()));
  for (const Line& line : lines) shape.measure(line);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    print_line(lines[i], shape, out);
    if (i == 1) print_rule(shape.widths, out);
  }

  std::vector<std::pair<std::string, std::string>> legend, tiers;
  for (const auto& [badge, meaning] : matrix.legend) legend.emplace_back(shown(badge), meaning);
  for (const auto& [mark, meaning] : matrix.tiers) tiers.emplace_back(plain_text(mark, Breaks::join), meaning);
  print_pairs(display.word("legend"), legend, out);
  print_pairs(display.word("tiers"), tiers, out);
}

}  // namespace linkaudit::reports
