// One sheet being filled from the top: rows are written in order, which constant-memory mode asks for.
#pragma once

#include <string>
#include <string_view>

#include "reports/workbook/book.h"

namespace linkaudit::reports::workbook {

class Sheet {
 public:
  Sheet(Book& book, const std::string& name);

  lxw_worksheet* handle() { return sheet_; }
  Book& book() { return book_; }
  lxw_row_t row() const { return row_; }

  void next_row() { ++row_; }
  void set_height(double points);  // of the current row, before its cells
  void set_width(int column, double characters);

  // All write to the current row. Text is made safe and written as text, whatever it looks like.
  void text(int column, std::string_view text, const Look& look);
  void across(int first, int last, std::string_view text, const Look& look);  // one cell over several columns
  void blank(int column, const Look& look);
  void number(int column, double number, const Look& look);
  // In the report's zone, as a spreadsheet's date; as text where a spreadsheet has no date (before 1900).
  void instant(int column, Instant at, Look look);
  void value(int column, const Value& value, const Look& look);
  void comment(int column, std::string_view text);

  // The banner of a simulated report over the columns, so many characters wide in all, and the next row; nothing for a
  // real one.
  void banner(int first, int last, double width);

 private:
  Book& book_;
  lxw_worksheet* sheet_;
  lxw_row_t row_ = 0;
};

// Points of a row that shows the text in so many characters of width.
double height_of(std::string_view text, double width, double size = 10);

}  // namespace linkaudit::reports::workbook
