#include "reports/workbook/ranges.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>

#include "reports/display.h"
#include "reports/text.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr std::size_t longest_criterion = 255, longest_formula = 8000;  // spreadsheets refuse more
constexpr std::size_t most_conditions = 100;

bool reads_as_number(std::string_view text) {
  if (text == "TRUE" || text == "FALSE" || text.starts_with('#')) return true;
  const bool digits = std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits && text.find_first_not_of("0123456789 .,:/+-eE%$()") == std::string_view::npos;
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

}  // namespace

std::string area_of(const std::string& sheet, std::uint32_t first_row, int first_column, std::uint32_t last_row,
                    int last_column) {
  char first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];
  lxw_rowcol_to_cell_abs(first, first_row, static_cast<lxw_col_t>(first_column), 1, 1);
  lxw_rowcol_to_cell_abs(last, last_row, static_cast<lxw_col_t>(last_column), 1, 1);
  return fmt::format("='{}'!{}:{}", sheet, first, last);
}

std::optional<std::string> criterion_of(const std::string& text) {
  const std::string plain = plain_text(text);
  // Breaks and _x0041_ codes are read in one way by one program and in another by the next.
  if (plain.empty() || reads_as_number(plain) || lower(plain).find("_x") != std::string::npos) return {};
  if (plain.find('\n') != std::string::npos) return {};
  std::string criterion = "=";  // what follows is a text, also where it begins with a sign of comparison
  for (const char c : plain) {
    if (c == '*' || c == '?' || c == '~') criterion += '~';
    criterion += c;
  }
  if (utf16_length(criterion) > longest_criterion) return {};
  std::string quoted = "\"";
  for (const char c : criterion) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::uint32_t headings_row_of(const Report& report) {
  return report.simulated ? 3 : 2;  // banner, title, note
}

Ranges::Ranges(const Report& report, std::uint32_t row_limit) : report_(report), row_limit_(row_limit) {
  for (const std::string& id : drawn_order(report)) {
    if (const Table* table = find_table(report, id)) names_of(*table);
  }
}

const Ranges::Names& Ranges::names_of(const Table& table) {
  const auto [place, is_new] = places_.try_emplace(&table);
  Names& names = place->second.names;
  if (is_new) {
    names.whole = unique_.next(table.id);
    for (const Column& column : table.columns) names.columns.push_back(unique_.next(table.id, column.key));
  }
  return names;
}

// A table that comes later in the workbook is counted once; all rows of nearly every table are on one sheet.
int Ranges::parts_of(const Table& table) {
  int& parts = places_[&table].parts;
  if (parts != 0) return parts;
  const std::uint32_t on_sheet = row_limit_ - headings_row_of(report_) - 1;
  const NextRow next = table.rows();
  std::uint32_t rows = 0;
  parts = 1;
  for (Row row; next(row);) {
    if (rows == on_sheet) {
      ++parts;
      rows = 0;
    }
    ++rows;
  }
  return parts;
}

std::optional<std::string> Ranges::formula_of(const Counted& counted, const Table& asker, const std::string& key) {
  const Table* table = find_table(report_, counted.table);
  if (table == nullptr || !places_.contains(table)) return {};
  if (counted.where.size() > most_conditions) return {};
  const Names& names = names_of(*table);
  if (counted.where.empty()) {
    if (counted.number == 0) return {};  // an empty table has a line that says so
    std::string rows;
    for (int part = 1; part <= parts_of(*table); ++part) {
      rows += (rows.empty() ? "=ROWS(" : "+ROWS(") + part_name(names.whole, part) + ")";
    }
    return rows.size() > longest_formula ? std::nullopt : std::optional(rows);
  }
  std::vector<std::pair<std::string, std::string>> conditions;
  for (const Condition& condition : counted.where) {
    const auto column = std::ranges::find(table->columns, condition.column, &Column::key);
    const auto* badge = std::get_if<Badge>(&condition.is);
    const auto criterion = criterion_of(badge != nullptr ? shown(*badge) : std::get<std::string>(condition.is));
    if (column == table->columns.end() || !criterion) return {};
    if (table == &asker && column->key == key) return {};  // it would count itself
    conditions.emplace_back(names.columns[static_cast<std::size_t>(column - table->columns.begin())], *criterion);
  }
  std::string formula;
  for (int part = 1; part <= parts_of(*table); ++part) {
    formula += formula.empty() ? "=COUNTIFS(" : "+COUNTIFS(";
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      formula += (i == 0 ? "" : ",") + part_name(conditions[i].first, part) + "," + conditions[i].second;
    }
    formula += ")";
  }
  return formula.size() > longest_formula ? std::nullopt : std::optional(formula);
}

}  // namespace linkaudit::reports::workbook
