#include <algorithm>
#include <optional>
#include <string>

#include "reports/text.h"
#include "reports/workbook/palette.h"
#include "reports/workbook/parts.h"
#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr double one_line = 20;  // points; below, the row is left to the program that shows it

int last_column_of(const Table& table) {
  return std::max(0, static_cast<int>(table.columns.size()) - 1);
}

int last_printed_column_of(const Table& table) {
  const int last = last_column_of(table);
  return table.printed_columns <= 0 ? last : std::min(last, table.printed_columns - 1);
}

double printed_width_of(const Table& table) {
  double width = 0;
  for (int i = 0; i <= last_printed_column_of(table) && i < static_cast<int>(table.columns.size()); ++i) {
    width += table.columns[static_cast<std::size_t>(i)].width;
  }
  return width;
}

void add_top(Sheet& sheet, const Table& table, const std::string& title) {
  const int last = last_printed_column_of(table);
  const Display& display = sheet.book().display();
  const Report& report = sheet.book().report();
  sheet.banner(0, last, printed_width_of(table));
  sheet.set_height(26);
  sheet.text(0, title, {.size = 14, .ink = accent, .bold = true, .stand = Stand::middle});
  sheet.next_row();
  const std::string times = display.words("as_of", display.zone().shown(report.as_of)) + " · " +
                            display.words("times_in", display.zone().label(report.as_of));
  const std::string note = table.intro.empty() ? times : table.intro + "\n" + times;
  sheet.set_height(std::min(90.0, height_of(note, printed_width_of(table), 9) + 4));  // it stands in the frozen part
  sheet.across(0, last, note, {.size = 9, .ink = faint, .wrap = true, .align = Align::left});
  sheet.next_row();
}

void add_headings(Sheet& sheet, const Table& table) {
  const Look look{.ink = heading_ink,
                  .paper = heading_paper,
                  .filled = true,
                  .bold = true,
                  .wrap = true,
                  .align = Align::left,
                  .stand = Stand::middle,
                  .edge = 0xFFFFFF,
                  .framed = true};
  double height = 22;
  for (const Column& column : table.columns) {
    height = std::max(height, height_of(column.heading, column.width - 3) + 4);  // the filter's button takes room
  }
  sheet.set_height(height);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    sheet.set_width(static_cast<int>(i), table.columns[i].width);
    sheet.text(static_cast<int>(i), table.columns[i].heading, look);
  }
}

// One sheet of a table, headings written; rows are added until it is full.
class TableSheet {
 public:
  TableSheet(Book& book, const Table& table, const std::string& title) : table_(table), sheet_(book, title) {
    add_top(sheet_, table, title);
    headings_ = sheet_.row();
    if (table.columns.empty()) return;
    add_headings(sheet_, table);
    const int frozen = std::clamp(table.frozen_columns, 0, last_column_of(table));
    worksheet_freeze_panes(sheet_.handle(), headings_ + 1, static_cast<lxw_col_t>(frozen));
    check(worksheet_repeat_rows(sheet_.handle(), headings_, headings_));
    sheet_.next_row();
  }

  bool is_full(std::uint32_t row_limit) const { return sheet_.row() >= row_limit; }

  void add(const Row& row) {
    set_height(row);
    const std::size_t struck = struck_cells(table_, row);
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const Look look{.ink = i < struck ? faint : body,
                      .wrap = table_.columns[i].wrap,
                      .struck = i < struck,
                      .stand = Stand::top,
                      .edge = rule,
                      .underlined = true};
      sheet_.value(static_cast<int>(i), i < row.size() ? row[i] : Value{}, look);
    }
    sheet_.next_row();
  }

  void finish() {
    const lxw_row_t last_row = std::max(sheet_.row(), headings_ + 2) - 1;
    if (sheet_.row() == headings_ + 1) {
      sheet_.text(0, sheet_.book().display().word("no_rows"), {.ink = faint});
    }
    const auto last_column = static_cast<lxw_col_t>(last_column_of(table_));
    if (table_.columns.empty()) return;
    check(worksheet_autofilter(sheet_.handle(), headings_, 0, last_row, last_column));
    if (const int printed = last_printed_column_of(table_); printed < last_column_of(table_)) {
      check(worksheet_print_area(sheet_.handle(), 0, 0, last_row, static_cast<lxw_col_t>(printed)));
    }
    const std::string range = "A1:" + cell_name(LXW_ROW_MAX - 1, last_column);
    check(worksheet_ignore_errors(sheet_.handle(), LXW_IGNORE_NUMBER_STORED_AS_TEXT, range.c_str()));
  }

 private:
  static std::string cell_name(lxw_row_t row, lxw_col_t column) {
    char name[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(name, row, column);
    return name;
  }

  // Not every program fits rows to wrapped text by itself.
  void set_height(const Row& row) {
    double height = 0;
    for (std::size_t i = 0; i < std::min(row.size(), table_.columns.size()); ++i) {
      const auto* text = std::get_if<std::string>(&row[i]);
      if (text != nullptr && table_.columns[i].wrap)
        height = std::max(height, height_of(*text, table_.columns[i].width));
    }
    if (height > one_line) sheet_.set_height(height);
  }

  const Table& table_;
  Sheet sheet_;
  lxw_row_t headings_ = 0;
};

}  // namespace

void add_table(Book& book, const Table& table, std::uint32_t row_limit) {
  std::optional<TableSheet> sheet(std::in_place, book, table, table.title);
  int part = 1;
  const NextRow next = table.rows();
  for (Row row; next(row);) {
    if (sheet->is_full(row_limit)) {
      sheet->finish();
      sheet.emplace(book, table, book.display().words("part", table.title, std::to_string(++part)));
    }
    sheet->add(row);
  }
  sheet->finish();
}

}  // namespace linkaudit::reports::workbook
