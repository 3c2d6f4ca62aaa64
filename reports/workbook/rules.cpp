#include "reports/workbook/rules.h"

#include <algorithm>

#include "reports/text.h"
#include "reports/workbook/palette.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr std::size_t longest_title = 32, longest_message = 255;  // spreadsheets refuse more
constexpr int longest_input = 2000;                               // of text that is filled in

// In a rule itself, choices stand between commas, in quotation marks.
bool fits_in_rule(const std::vector<std::string>& choices) {
  std::size_t length = 0;
  for (const std::string& choice : choices) {
    const bool plain = choice.find_first_of(",\"\n\r_") == std::string::npos && !choice.empty() &&
                       choice.front() != ' ' && choice.back() != ' ' && choice.front() != '=';
    if (!plain || plain_text(choice) != choice) return false;
    length += utf16_length(choice) + 1;
  }
  return length <= longest_message;
}

lxw_data_validation limits_of(const Column& column) {
  lxw_data_validation rule = {};
  switch (column.input) {
    case Input::none: break;
    case Input::choice: rule.validate = LXW_VALIDATION_TYPE_ANY; break;
    case Input::text:
      rule.validate = LXW_VALIDATION_TYPE_LENGTH;
      rule.criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
      rule.value_number = longest_input;
      break;
    case Input::date:
      rule.validate = LXW_VALIDATION_TYPE_DATE;
      rule.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
      rule.value_datetime = {2000, 1, 1, 0, 0, 0};
      break;
  }
  return rule;
}

std::string limit_in_words(const Display& display, Input input) {
  if (input == Input::choice) return std::string(display.word("input_choice"));
  if (input == Input::date) return std::string(display.word("input_date"));
  return display.words("input_text", std::to_string(longest_input));
}

void add_input_rule(Sheet& sheet, const Column& column, lxw_col_t at, Rows rows) {
  Book& book = sheet.book();
  const std::string shortened = book.display().word("shortened");
  std::string title = cut_to_utf16(plain_text(column.heading, Breaks::join), longest_title, "…");
  std::string limit = limit_in_words(book.display(), column.input);
  std::string hint = sheet_text(column.hint.empty() ? limit : column.hint, shortened, longest_message);
  lxw_data_validation rule = limits_of(column);
  std::vector<std::string> choices = column.choices;
  std::vector<char*> list;
  std::string range;
  if (column.input == Input::choice && !choices.empty()) {
    if (fits_in_rule(choices)) {
      for (std::string& choice : choices) list.push_back(choice.data());
      list.push_back(nullptr);
      rule.validate = LXW_VALIDATION_TYPE_LIST;
      rule.value_list = list.data();
    } else {
      range = book.list_of(choices);
      rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      rule.value_formula = range.data();
    }
  }
  rule.input_title = rule.error_title = title.data();
  rule.input_message = hint.data();
  rule.error_message = limit.data();
  check(worksheet_data_validation_range(sheet.handle(), rows.first, at, rows.last, at, &rule));
}

// Filled in, and before the day of the report: whatever is to be done is late.
void add_late_rule(Sheet& sheet, lxw_col_t at, Rows rows) {
  const Book& book = sheet.book();
  const Civil today = book.display().zone().civil(book.report().as_of);
  std::string before = "=DATE(" + std::to_string(today.year) + "," + std::to_string(today.month) + "," +
                       std::to_string(today.day) + ")-1";
  std::string first = "=1";  // an empty cell counts as 0
  const Paint paint = paint_of(Tone::bad);
  lxw_conditional_format rule = {};
  rule.type = LXW_CONDITIONAL_TYPE_CELL;
  rule.criteria = LXW_CONDITIONAL_CRITERIA_BETWEEN;
  rule.min_value_string = first.data();
  rule.max_value_string = before.data();
  rule.format = sheet.book().change({.ink = paint.ink, .paper = paint.paper, .filled = true, .bold = true});
  check(worksheet_conditional_format_range(sheet.handle(), rows.first, at, rows.last, at, &rule));
}

void add_bars(Sheet& sheet, lxw_col_t at, Rows rows) {
  lxw_conditional_format rule = {};
  rule.type = LXW_CONDITIONAL_DATA_BAR;
  rule.data_bar_2010 = LXW_TRUE;
  rule.bar_solid = LXW_TRUE;
  rule.bar_color = bar_paper;
  rule.bar_no_border = LXW_TRUE;
  rule.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  rule.min_value = 0;
  check(worksheet_conditional_format_range(sheet.handle(), rows.first, at, rows.last, at, &rule));
}

std::string cells_of(lxw_col_t column, Rows rows) {
  char text[LXW_MAX_CELL_RANGE_LENGTH];
  lxw_rowcol_to_range(text, rows.first, column, rows.last, column);
  return text;
}

void add_heat(Sheet& sheet, const Table& table, Rows rows) {
  std::string areas;
  lxw_col_t first = 0;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!table.columns[i].heat) continue;
    const auto at = static_cast<lxw_col_t>(i);
    if (areas.empty()) first = at;
    areas += (areas.empty() ? "" : " ") + cells_of(at, rows);
  }
  lxw_conditional_format rule = {};
  rule.type = LXW_CONDITIONAL_3_COLOR_SCALE;
  rule.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  rule.mid_rule_type = LXW_CONDITIONAL_RULE_TYPE_PERCENT;
  rule.mid_value = 50;
  rule.min_color = heat_papers[0];
  rule.mid_color = heat_papers[1];
  rule.max_color = heat_papers[2];
  rule.multi_range = areas.data();
  check(worksheet_conditional_format_range(sheet.handle(), rows.first, first, rows.last, first, &rule));
}

}  // namespace

void add_input_rules(Sheet& sheet, const Table& table, Rows rows) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].input == Input::none) continue;
    add_input_rule(sheet, table.columns[i], static_cast<lxw_col_t>(i), rows);
  }
}

void add_colours(Sheet& sheet, const Table& table, Rows rows, double hottest) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    if (table.columns[i].input == Input::date) add_late_rule(sheet, at, rows);
    if (table.columns[i].bars) add_bars(sheet, at, rows);
  }
  if (hottest > 0) add_heat(sheet, table, rows);
}

std::string input_note(const Display& display, const Table& table) {
  std::string headings;
  for (const Column& column : table.columns) {
    if (column.input == Input::none) continue;
    headings += (headings.empty() ? "" : display.language() == "zh" ? "、" : ", ") + column.heading;
  }
  return headings.empty() ? headings : display.words("fill_in", headings);
}

}  // namespace linkaudit::reports::workbook
