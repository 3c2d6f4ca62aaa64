#include "reports/template.h"

#include <algorithm>
#include <filesystem>

#include "reports/file.h"
#include "reports/workbook/palette.h"
#include "reports/workbook/parts.h"
#include "reports/workbook/sheet.h"

namespace linkaudit::reports {
namespace {

using workbook::Book;
using workbook::Look;
using workbook::Sheet;

constexpr std::size_t longest_hint = 255, longest_hint_title = 32;  // spreadsheets refuse more
constexpr std::size_t most_shown_values = 12;                       // beside a column's explanation

const workbook::Accents colours = workbook::accents_of({});
const Look heading{.ink = colours.paper_ink,
                   .paper = colours.paper,
                   .filled = true,
                   .bold = true,
                   .align = workbook::Align::left,
                   .stand = workbook::Stand::middle,
                   .edge = 0xFFFFFF,
                   .framed = true};
const Look prose{.ink = workbook::body, .wrap = true, .align = workbook::Align::left};

std::string absolute_range(const std::string& sheet, int column, std::size_t values) {
  char first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];
  lxw_rowcol_to_cell_abs(first, 1, static_cast<lxw_col_t>(column), 1, 1);
  lxw_rowcol_to_cell_abs(last, static_cast<lxw_row_t>(values), static_cast<lxw_col_t>(column), 1, 1);
  return "='" + sheet + "'!" + first + ":" + last;
}

// Whoever stands in a cell of the column sees what it is for; a value that is not in the list is refused.
void add_hint(Sheet& sheet, const Template& form, int index) {
  const TemplateColumn& column = form.columns[static_cast<std::size_t>(index)];
  std::string title = workbook::sheet_text(column.key, "", longest_hint_title);
  std::string hint = workbook::sheet_text(column.explanation, "", longest_hint);
  std::string range = absolute_range(form.values_sheet, index, column.values.size());
  lxw_data_validation rule = {};
  rule.validate = LXW_VALIDATION_TYPE_ANY;
  if (!column.values.empty()) {
    rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule.value_formula = range.data();
    rule.error_title = title.data();
    rule.error_message = hint.data();
  }
  rule.input_title = title.data();
  rule.input_message = hint.data();
  const auto at = static_cast<lxw_col_t>(index);
  workbook::check(worksheet_data_validation_range(sheet.handle(), 1, at, LXW_ROW_MAX - 1, at, &rule));
}

void add_form(Book& book, const Template& form) {
  Sheet sheet(book, form.sheet);
  Look optional = heading;
  optional.paper = colours.group_paper;
  optional.ink = colours.ink;
  lxw_format* text = book.format({.ink = workbook::body, .numbers = workbook::Numbers::text});
  const int count = static_cast<int>(form.columns.size());
  for (int index = 0; index < count; ++index) {
    const auto at = static_cast<lxw_col_t>(index);
    const TemplateColumn& column = form.columns[static_cast<std::size_t>(index)];
    workbook::check(worksheet_set_column(sheet.handle(), at, at, column.width, text));
  }
  sheet.set_height(22);
  for (int index = 0; index < count; ++index) {
    const TemplateColumn& column = form.columns[static_cast<std::size_t>(index)];
    sheet.text(index, column.key, column.required ? heading : optional);
    add_hint(sheet, form, index);
  }
  worksheet_freeze_panes(sheet.handle(), 1, 0);
  workbook::check(worksheet_repeat_rows(sheet.handle(), 0, 0));
}

std::string shown_values(const TemplateColumn& column) {
  std::string text;
  for (std::size_t index = 0; index < std::min(column.values.size(), most_shown_values); ++index) {
    text += (index == 0 ? "" : ", ") + column.values[index];
  }
  return column.values.size() > most_shown_values ? text + ", …" : text;
}

void add_instructions(Book& book, const Template& form) {
  constexpr double widths[] = {14, 10, 62, 34, 50};
  constexpr int last = 4;
  Sheet sheet(book, form.instructions_sheet);
  for (int column = 0; column <= last; ++column) sheet.set_width(column, widths[column]);
  sheet.set_height(26);
  sheet.text(0, form.title, {.size = 14, .ink = colours.ink, .bold = true, .stand = workbook::Stand::middle});
  sheet.next_row();
  for (const std::string& paragraph : form.instructions) {
    sheet.set_height(workbook::height_of(paragraph, 165) + 4);
    sheet.across(0, last, paragraph, prose);
    sheet.next_row();
  }
  const std::string* const headings[] = {&form.column_heading, &form.required_heading, &form.explanation_heading,
                                         &form.example_heading, &form.values_heading};
  for (int column = 0; column <= last; ++column) sheet.text(column, *headings[column], heading);
  sheet.next_row();
  for (const TemplateColumn& column : form.columns) {
    const std::string values = shown_values(column);
    sheet.set_height(std::max(
        {20.0, workbook::height_of(column.explanation, widths[2]), workbook::height_of(values, widths[last])}));
    sheet.text(0, column.key, {.ink = workbook::body, .bold = true});
    sheet.text(1, book.display().word(column.required ? "yes" : "no"), prose);
    sheet.text(2, column.explanation, prose);
    sheet.text(3, column.example, prose);
    sheet.text(last, values, prose);
    sheet.next_row();
  }
}

// Below each column's key its values, in the same column as on the form.
void add_values(Book& book, const Template& form) {
  Sheet sheet(book, form.values_sheet);
  std::size_t most = 0;
  for (std::size_t index = 0; index < form.columns.size(); ++index) {
    sheet.set_width(static_cast<int>(index), form.columns[index].width);
    most = std::max(most, form.columns[index].values.size());
  }
  for (std::size_t index = 0; index < form.columns.size(); ++index) {
    sheet.text(static_cast<int>(index), form.columns[index].key, heading);
  }
  for (std::size_t row = 0; row < most; ++row) {
    sheet.next_row();
    for (std::size_t index = 0; index < form.columns.size(); ++index) {
      const std::vector<std::string>& values = form.columns[index].values;
      if (row < values.size()) sheet.text(static_cast<int>(index), values[row], {.ink = workbook::body});
    }
  }
  worksheet_freeze_panes(sheet.handle(), 1, 0);
}

}  // namespace

void write_template(const Template& form, const std::string& path) {
  Report frame;
  frame.language = form.language;
  frame.title = form.title;
  frame.zone = form.zone;
  const Display display(frame);
  replace_file(path, [&](const std::string& temporary) {
    const std::string parent = std::filesystem::path(temporary).parent_path().string();
    Book book(frame, display, temporary, parent.empty() ? "." : parent);
    add_form(book, form);
    add_instructions(book, form);
    add_values(book, form);
    book.close();
    workbook::check_whole(temporary);
  });
}

}  // namespace linkaudit::reports
