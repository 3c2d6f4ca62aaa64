#include <xlsxwriter.h>

#include <array>
#include <stdexcept>

#include "tests/bench/reports/observations.h"

namespace linkaudit::bench {
namespace {

using namespace reports;

struct Formats {
  lxw_format *text, *whole, *grouped, *date;
  std::array<lxw_format*, 6> badges;  // by tone
};

lxw_format* plain_format(lxw_workbook* book, const char* numbers) {
  lxw_format* format = workbook_add_format(book);
  format_set_font_size(format, 10);
  format_set_bottom(format, LXW_BORDER_THIN);
  if (numbers != nullptr) format_set_num_format(format, numbers);
  return format;
}

Formats formats_of(lxw_workbook* book) {
  Formats formats{plain_format(book, nullptr),
                  plain_format(book, "0"),
                  plain_format(book, "#,##0"),
                  plain_format(book, "yyyy-mm-dd hh:mm:ss"),
                  {}};
  for (std::size_t i = 0; i < formats.badges.size(); ++i) {
    formats.badges[i] = plain_format(book, nullptr);
    format_set_bg_color(formats.badges[i], static_cast<lxw_color_t>(0xDDF3E4 + i));
  }
  return formats;
}

// Shanghai's time; the bare program knows its zone.
lxw_datetime date_of(Instant at) {
  const auto local = at + std::chrono::hours(8);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(local - day);
  lxw_datetime out = {};
  out.year = static_cast<int>(date.year());
  out.month = static_cast<int>(static_cast<unsigned>(date.month()));
  out.day = static_cast<int>(static_cast<unsigned>(date.day()));
  out.hour = static_cast<int>(time.hours().count());
  out.min = static_cast<int>(time.minutes().count());
  out.sec = static_cast<double>(time.seconds().count());
  return out;
}

}  // namespace

void write_bare(const std::string& path, std::int64_t rows) {
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  lxw_worksheet* sheet = workbook_add_worksheet(book, "Observations");
  const Formats formats = formats_of(book);
  std::array<std::string, 6> labels;  // of badges, put together once
  Row row;
  for (std::int64_t n = 0; n < rows; ++n) {
    fill(row, n);
    const auto at = static_cast<lxw_row_t>(n);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      if (const auto* text = std::get_if<std::string>(&row[i])) {
        worksheet_write_string(sheet, at, column, text->c_str(), formats.text);
      } else if (const auto* number = std::get_if<std::int64_t>(&row[i])) {
        worksheet_write_number(sheet, at, column, static_cast<double>(*number),
                               i == 0 ? formats.whole : formats.grouped);
      } else if (const auto* when = std::get_if<Instant>(&row[i])) {
        lxw_datetime date = date_of(*when);
        worksheet_write_datetime(sheet, at, column, &date, formats.date);
      } else if (const auto* badge = std::get_if<Badge>(&row[i])) {
        std::string& label = labels[static_cast<std::size_t>(badge->tone)];
        label.assign(badge->symbol).append(" ").append(badge->label);
        worksheet_write_string(sheet, at, column, label.c_str(), formats.badges[static_cast<std::size_t>(badge->tone)]);
      } else if (const auto* term = std::get_if<Term>(&row[i])) {
        worksheet_write_string(sheet, at, column, term->label.c_str(), formats.text);
      }
    }
  }
  if (workbook_close(book) != LXW_NO_ERROR) throw std::runtime_error("the bare workbook could not be written");
}

}  // namespace linkaudit::bench
