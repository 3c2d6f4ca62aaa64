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
  // In the report's zone, as a spreadsheet's date, of the day alone where that is asked for. False, and nothing
  // written, where spreadsheets have no date (before 1900).
  bool instant(int column, Instant at, lxw_format* format, bool day_alone = false);
  void comment(int column, std::string_view text);

  // The library places pictures and the boxes of comments by the heights of rows, and without this forgets them in
  // constant-memory mode. After set_height(), for rows that have such.
  void remember_height(double points);
  // Only cells whose look is open can be changed, until somebody lifts the protection: it has no password.
  void protect();

  // The banner of a simulated report over the columns, so many characters wide in all, and the next row; nothing for a
  // real one.
  void banner(int first, int last, double width);

 private:
  Book& book_;
  lxw_worksheet* sheet_;
  lxw_row_t row_ = 0;
};

// Pixels of a column so many characters wide.
double pixels_of(double characters);

// Lines that the text takes, broken between words where it can be.
int lines_of(std::string_view text, int characters);

// Points of a row that shows the text in so many characters of width.
double height_of(std::string_view text, double width, double size = 10);

}  // namespace linkaudit::reports::workbook
