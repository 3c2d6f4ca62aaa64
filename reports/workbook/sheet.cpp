#include "reports/workbook/sheet.h"

#include <algorithm>
#include <cmath>

#include "reports/text.h"
#include "reports/workbook/palette.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr std::int64_t largest_exact = 999'999'999'999'999;  // spreadsheets keep 15 digits
constexpr double tallest_row = 409;                          // points

lxw_col_t at(int column) {
  return static_cast<lxw_col_t>(column);
}

// Writes a value as what it is.
struct Writer {
  Sheet& sheet;
  int column;
  Look look;

  void set_number(Numbers numbers) {
    look.numbers = numbers;
    look.align = Align::right;
    look.indent = 1;  // off the text of the next column
  }

  void operator()(std::monostate) { sheet.blank(column, look); }
  void operator()(const std::string& text) { sheet.text(column, text, look); }
  void operator()(std::int64_t number) {
    set_number(Numbers::whole);
    if (number > largest_exact || number < -largest_exact) return sheet.text(column, std::to_string(number), look);
    sheet.number(column, static_cast<double>(number), look);
  }
  void operator()(double number) {
    if (!std::isfinite(number)) return sheet.blank(column, look);
    set_number(Numbers::general);
    sheet.number(column, number, look);
  }
  void operator()(bool is) { sheet.text(column, sheet.book().display().word(is ? "yes" : "no"), look); }
  void operator()(Instant when) { sheet.instant(column, when, look); }
  void operator()(const Badge& badge) {
    const Paint paint = paint_of(badge.tone);
    look.filled = true;
    look.paper = paint.paper;
    look.ink = paint.ink;
    sheet.text(column, shown(badge), look);
  }
  void operator()(const Term& term) { sheet.text(column, term.label, look); }
  void operator()(const Entries& entries) { sheet.text(column, sheet.book().display().shown(entries), look); }
  void operator()(const Counted& counted) { (*this)(counted.number); }
  void operator()(const Summed& summed) { (*this)(summed.number); }
  void operator()(const Picture& picture) { sheet.text(column, picture.text, look); }
};

}  // namespace

Sheet::Sheet(Book& book, const std::string& name) : book_(book), sheet_(book.add_sheet(name)) {}

void Sheet::set_height(double points) {
  check(worksheet_set_row(sheet_, row_, std::min(points, tallest_row), nullptr));
}

void Sheet::set_width(int column, double characters) {
  check(worksheet_set_column(sheet_, at(column), at(column), std::clamp(characters, 1.0, 255.0), nullptr));
}

void Sheet::text(int column, std::string_view text, const Look& look) {
  check(worksheet_write_string(sheet_, row_, at(column), book_.text(text).c_str(), book_.format(look)));
}

void Sheet::across(int first, int last, std::string_view content, const Look& look) {
  if (first >= last) return text(first, content, look);
  check(
      worksheet_merge_range(sheet_, row_, at(first), row_, at(last), book_.text(content).c_str(), book_.format(look)));
}

void Sheet::blank(int column, const Look& look) {
  check(worksheet_write_blank(sheet_, row_, at(column), book_.format(look)));
}

void Sheet::number(int column, double number, const Look& look) {
  check(worksheet_write_number(sheet_, row_, at(column), number, book_.format(look)));
}

void Sheet::instant(int column, Instant when, Look look) {
  const Civil c = book_.display().zone().civil(when);
  if (c.year < 1900 || c.year > 9999) return text(column, book_.display().zone().shown(when), look);
  lxw_datetime date = {};
  date.year = static_cast<int>(c.year);
  date.month = c.month;
  date.day = c.day;
  date.hour = c.hour;
  date.min = c.minute;
  date.sec = c.second + c.millisecond / 1000.0;
  look.align = Align::left;
  look.numbers = Numbers::instant;
  check(worksheet_write_datetime(sheet_, row_, at(column), &date, book_.format(look)));
}

void Sheet::value(int column, const Value& value, const Look& look) {
  std::visit(Writer{*this, column, look}, value);
}

void Sheet::comment(int column, std::string_view text) {
  constexpr int characters = 46;
  constexpr std::size_t longest_comment = 2000;  // more than a hovering box can show
  const std::string safe = sheet_text(text, book_.display().word("shortened"), longest_comment);
  lxw_comment_options options = {};
  std::string font = book_.font();
  options.font_name = font.data();
  options.font_size = 9;
  options.width = 310;
  options.height = static_cast<std::uint16_t>(std::min(600, 16 + 16 * lines_at_width(safe, characters)));
  check(worksheet_write_comment_opt(sheet_, row_, at(column), safe.c_str(), &options));
}

void Sheet::banner(int first, int last, double width) {
  const std::string text = simulated_banner(book_.report());
  if (text.empty()) return;
  set_height(std::max(24.0, height_of(text, width - 2, 12) + 4));
  across(first, last, text,
         {.size = 12,
          .ink = alarm_ink,
          .paper = alarm_paper,
          .filled = true,
          .bold = true,
          .wrap = true,
          .align = Align::left,
          .stand = Stand::middle,
          .indent = 1});
  next_row();
}

double height_of(std::string_view text, double width, double size) {
  const double characters = std::max(4.0, width * 10.8 / size);  // widths are of 11 point digits
  const double lines = lines_at_width(plain_text(text), static_cast<int>(characters));
  return std::min(tallest_row, 4 + lines * size * 1.4);
}

}  // namespace linkaudit::reports::workbook
