#include <algorithm>
#include <optional>
#include <string>

#include "reports/text.h"
#include "reports/workbook/cells.h"
#include "reports/workbook/chart.h"
#include "reports/workbook/palette.h"
#include "reports/workbook/parts.h"
#include "reports/workbook/picture.h"
#include "reports/workbook/rules.h"

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

double printed_pixels_of(const Table& table) {
  double width = 0;
  for (int i = 0; i <= last_printed_column_of(table) && i < static_cast<int>(table.columns.size()); ++i) {
    width += pixels_of(table.columns[static_cast<std::size_t>(i)].width);
  }
  return width;
}

void add_top(Sheet& sheet, const Table& table, const std::string& title) {
  const int last = last_printed_column_of(table);
  const Display& display = sheet.book().display();
  const Report& report = sheet.book().report();
  sheet.banner(0, last, printed_width_of(table));
  sheet.set_height(26);
  sheet.text(0, title, {.size = 14, .ink = sheet.book().accents().ink, .bold = true, .stand = Stand::middle});
  sheet.next_row();
  const std::string times = display.words("as_of", display.zone().shown(report.as_of)) + " · " +
                            display.words("times_in", display.zone().label(report.as_of));
  std::string note = table.intro.empty() ? times : table.intro + "\n" + times;
  if (const std::string inputs = input_note(display, table); !inputs.empty()) note += " · " + inputs;
  sheet.set_height(std::min(90.0, height_of(note, printed_width_of(table), 9) + 4));  // it stands in the frozen part
  sheet.across(0, last, note, {.size = 9, .ink = faint, .wrap = true, .align = Align::left});
  sheet.next_row();
}

void add_headings(Sheet& sheet, const Table& table) {
  const Look look{.ink = sheet.book().accents().paper_ink,
                  .paper = sheet.book().accents().paper,
                  .filled = true,
                  .bold = true,
                  .wrap = true,
                  .align = Align::left,
                  .stand = Stand::middle,
                  .edge = 0xFFFFFF,
                  .framed = true};
  Look to_fill_in = look;
  to_fill_in.paper = input_heading;
  to_fill_in.ink = 0xFFFFFF;
  double height = 22;
  for (const Column& column : table.columns) {
    height = std::max(height, height_of(column.heading, column.width - 3) + 4);  // the filter's button takes room
  }
  sheet.set_height(height);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    sheet.set_width(static_cast<int>(i), table.columns[i].width);
    const bool input = table.columns[i].input != Input::none;
    sheet.text(static_cast<int>(i), table.columns[i].heading, input ? to_fill_in : look);
  }
}

// Not every program fits rows to wrapped text by itself. Most texts are too short to be looked at.
double row_height_of(const Row& row, const Table& table) {
  double height = 0;
  for (std::size_t i = 0; i < std::min(row.size(), table.columns.size()); ++i) {
    const Column& column = table.columns[i];
    if (const auto* picture = std::get_if<Picture>(&row[i]))
      height = std::max(height, height_of(*picture, column.width));
    const auto* text = std::get_if<std::string>(&row[i]);
    if (text == nullptr || !(column.wrap || column.input != Input::none)) continue;
    const bool short_one = static_cast<double>(text->size()) < column.width && text->find('\n') == std::string::npos;
    if (!short_one) height = std::max(height, height_of(*text, column.width));
  }
  return height;
}

// One sheet of a table, headings written; rows are added until it is full.
class TableSheet {
 public:
  TableSheet(Book& book, const Table& table, int part, const std::function<void(Sheet&)>& above)
      : table_(table),
        part_(part),
        sheet_(book, part == 1 ? table.title : book.display().words("part", table.title, std::to_string(part))),
        cells_(sheet_, table) {
    add_top(sheet_, table, part == 1 ? table.title : book.display().words("part", table.title, std::to_string(part)));
    if (above) above(sheet_);
    headings_ = sheet_.row();
    if (table.columns.empty()) return;
    add_headings(sheet_, table);
    const int frozen = std::clamp(table.frozen_columns, 0, last_column_of(table));
    if (!above) worksheet_freeze_panes(sheet_.handle(), headings_ + 1, static_cast<lxw_col_t>(frozen));
    check(worksheet_repeat_rows(sheet_.handle(), headings_, headings_));
    sheet_.next_row();
  }

  bool is_full() { return sheet_.row() >= sheet_.book().row_limit(); }

  void add(const Row& row) {
    const double height = row_height_of(row, table_);
    if (height > one_line) sheet_.set_height(height);
    const bool pictured =
        std::ranges::any_of(row, [](const Value& value) { return std::holds_alternative<Picture>(value); });
    if (pictured && height > one_line) sheet_.remember_height(height);
    cells_.write(row);
    sheet_.next_row();
  }

  void finish() {
    if (table_.columns.empty()) return sheet_.protect();
    const Rows rows{headings_ + 1, std::max(sheet_.row(), headings_ + 2) - 1};
    const bool empty = sheet_.row() == headings_ + 1;
    if (empty) {
      sheet_.text(0, sheet_.book().display().word("no_rows"), {.ink = faint});
    } else {
      add_input_rules(sheet_, table_, rows);
      add_colours(sheet_, table_, rows, cells_.hottest());
    }
    const auto last_column = static_cast<lxw_col_t>(last_column_of(table_));
    check(worksheet_autofilter(sheet_.handle(), headings_, 0, rows.last, last_column));
    lxw_row_t last_printed = rows.last;
    if (table_.chart && !empty && !is_full()) {
      last_printed = add_bar_chart(sheet_, table_, headings_, rows, rows.last + 2, printed_pixels_of(table_));
    }
    if (const int printed = last_printed_column_of(table_); printed < last_column || last_printed > rows.last) {
      check(worksheet_print_area(sheet_.handle(), 0, 0, last_printed, static_cast<lxw_col_t>(printed)));
    }
    name_ranges(rows);
    sheet_.protect();
    const std::string range = "A1:" + cell_name(LXW_ROW_MAX - 1, last_column);
    check(worksheet_ignore_errors(sheet_.handle(), LXW_IGNORE_NUMBER_STORED_AS_TEXT, range.c_str()));
  }

 private:
  static std::string cell_name(lxw_row_t row, lxw_col_t column) {
    char name[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(name, row, column);
    return name;
  }

  void name_ranges(Rows rows) {
    Book& book = sheet_.book();
    const Ranges::Names& names = book.ranges().names_of(table_);
    const std::string sheet = sheet_.handle()->name;
    const int last = last_column_of(table_);
    book.define(part_name(names.whole, part_), area_of(sheet, rows.first, 0, rows.last, last));
    for (int i = 0; i <= last; ++i) {
      book.define(part_name(names.columns[static_cast<std::size_t>(i)], part_),
                  area_of(sheet, rows.first, i, rows.last, i));
    }
  }

  const Table& table_;
  const int part_;
  Sheet sheet_;
  Cells cells_;
  lxw_row_t headings_ = 0;
};

}  // namespace

void add_table(Book& book, const Table& table, const std::function<void(Sheet&)>& above) {
  int part = 1;
  std::optional<TableSheet> sheet(std::in_place, book, table, part, above);
  const NextRow next = table.rows();
  for (Row row; next(row);) {
    if (sheet->is_full()) {
      sheet->finish();
      sheet.emplace(book, table, ++part, nullptr);
    }
    sheet->add(row);
  }
  sheet->finish();
}

}  // namespace linkaudit::reports::workbook
