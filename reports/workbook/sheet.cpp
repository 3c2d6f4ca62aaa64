#include "reports/workbook/sheet.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "reports/code_points.h"
#include "reports/text.h"
#include "reports/workbook/palette.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr double tallest_row = 409;  // points

lxw_col_t at(int column) {
  return static_cast<lxw_col_t>(column);
}

}  // namespace

Sheet::Sheet(Book& book, const std::string& name) : book_(book), sheet_(book.add_sheet(name)) {}

void Sheet::set_height(double points) {
  check(worksheet_set_row(sheet_, row_, std::min(points, tallest_row), nullptr));
}

void Sheet::remember_height(double points) {
  const std::uint8_t optimize = std::exchange(sheet_->optimize, static_cast<std::uint8_t>(LXW_FALSE));
  const lxw_error answer = worksheet_set_row(sheet_, row_, std::min(points, tallest_row), nullptr);
  sheet_->optimize = optimize;
  check(answer);
}

void Sheet::protect() {
  lxw_protection may = {};
  may.format_columns = may.format_rows = may.sort = may.autofilter = LXW_TRUE;
  worksheet_protect(sheet_, nullptr, &may);
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

bool Sheet::instant(int column, Instant when, lxw_format* format, bool day_alone) {
  const Civil c = book_.display().zone().civil(when);
  if (c.year < 1900 || c.year > 9999) return false;
  lxw_datetime date = {};
  date.year = static_cast<int>(c.year);
  date.month = c.month;
  date.day = c.day;
  if (!day_alone) {
    date.hour = c.hour;
    date.min = c.minute;
    date.sec = c.second + c.millisecond / 1000.0;
  }
  check(worksheet_write_datetime(sheet_, row_, at(column), &date, format));
  return true;
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
  options.height = static_cast<std::uint16_t>(std::min(600, 16 + 16 * lines_of(safe, characters)));
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

double pixels_of(double characters) {
  return std::floor(characters * 7 + 0.5) + 5;
}

int lines_of(std::string_view text, int characters) {
  int lines = 1, used = 0, word = 0;  // word: of what is used, behind the last place where a line may end
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const UChar32 c = next_code_point(text, i);
    if (c == '\n') {
      ++lines;
      used = word = 0;
      continue;
    }
    const bool plain = c >= 0x20 && c < 0x7F;
    const int wide = plain ? 1 : display_width(text.substr(begin, i - begin));
    if (used + wide > characters) {
      ++lines;
      used = word < characters ? word : 0;
      if (c == ' ') used = word = 0;
    }
    used += wide;
    const bool ends = c == ' ' || c == '-' || wide == 2;
    word = ends ? 0 : std::min(word + wide, used);
  }
  return lines;
}

double height_of(std::string_view text, double width, double size) {
  const int characters = static_cast<int>(std::max(4.0, width * 10.8 / size));  // widths are of 11 point digits
  return std::min(tallest_row, 4 + lines_of(plain_text(text), characters) * size * 1.4);
}

}  // namespace linkaudit::reports::workbook
