#include <algorithm>
#include <cmath>
#include <cstdint>

#include "reports/text.h"
#include "reports/workbook/palette.h"
#include "reports/workbook/parts.h"
#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr double platform_width = 22;
constexpr double widest_cell = 19, narrowest_cell = 10;
constexpr double empty_width = 11, narrow_empty_width = 5;
constexpr double good_width = 185;        // characters that A4 across shows well
constexpr double page_width = 240;        // and in a size that can just be read
constexpr double turned_below = 9;        // narrower headings stand upright
constexpr std::size_t most_entries = 20;  // in a comment

Look heading_look(const Accents& accents) {
  return {.ink = accents.paper_ink,
          .paper = accents.paper,
          .filled = true,
          .bold = true,
          .wrap = true,
          .align = Align::center,
          .stand = Stand::middle,
          .edge = 0xFFFFFF,
          .framed = true};
}

int columns_of(const Matrix& matrix) {
  return static_cast<int>(matrix.contexts.size());
}

bool is_looked_at(const Matrix& matrix, int context) {
  const auto index = static_cast<std::size_t>(context);
  return std::ranges::any_of(matrix.cells, [&](const std::vector<MatrixEntry>& row) {
    return index < row.size() && row[index].outcome.tone != Tone::muted;
  });
}

// As many contexts as there are fit a page, as far as they can be read. Columns in which nobody has looked at anything
// take less room.
double width_of(const Matrix& matrix, int context) {
  const int columns = columns_of(matrix);
  const bool many = (good_width - platform_width) / std::max(1, columns) < widest_cell;
  if (context >= columns) return widest_cell;
  if (!is_looked_at(matrix, context)) return many ? narrow_empty_width : empty_width;
  int looked_at = 0;
  for (int i = 0; i < columns; ++i) looked_at += is_looked_at(matrix, i) ? 1 : 0;
  const double room = good_width - platform_width - (columns - looked_at) * (many ? narrow_empty_width : empty_width);
  return std::clamp(room / looked_at, narrowest_cell, widest_cell);
}

double width_of(const Matrix& matrix, int first, int last) {
  double width = 0;
  for (int i = first; i < last; ++i) width += width_of(matrix, i);
  return width;
}

// At the least as wide as a few words take, also for a matrix of one context.
int last_column_of(const Matrix& matrix) {
  return std::max(4, columns_of(matrix));
}

// Sentences stand on the first page, where the matrix is broad enough for several.
int last_text_column_of(const Matrix& matrix) {
  const int last = last_column_of(matrix);
  const double width = platform_width + width_of(matrix, 0, last);
  const double page = width / std::ceil(width / page_width);
  double used = platform_width;
  int column = 0;
  while (column < last && used + width_of(matrix, column) <= page) used += width_of(matrix, column++);
  return std::max(1, column);
}

// Degrees: words stand on their side, a few characters that are as wide as high one below another.
int turned(const std::string& heading) {
  constexpr int on_its_side = 90, one_below_another = 270;
  constexpr std::size_t few = 8;
  const std::size_t characters = utf16_length(heading);
  const bool wide = static_cast<std::size_t>(display_width(heading)) == 2 * characters;
  return wide && characters <= few ? one_below_another : on_its_side;
}

double heading_height(const std::string& heading, double width) {
  if (width >= turned_below) return height_of(heading, width) + 6;
  constexpr double tallest = 130;
  const double of_character = turned(heading) == 90 ? 6.0 : 8.0;
  return std::min(tallest, 14 + of_character * display_width(plain_text(heading, Breaks::join)));
}

void add_headings(Sheet& sheet, const Matrix& matrix) {
  const Accents& accents = sheet.book().accents();
  const Look look = heading_look(accents);
  sheet.set_height(20);
  sheet.blank(0, look);
  for (std::size_t begin = 0; begin < matrix.contexts.size();) {
    const std::string group = begin < matrix.groups.size() ? matrix.groups[begin] : "";
    std::size_t end = begin + 1;
    while (end < matrix.contexts.size() && end < matrix.groups.size() && matrix.groups[end] == group) ++end;
    sheet.across(static_cast<int>(begin) + 1, static_cast<int>(end), group, look);
    begin = end;
  }
  sheet.next_row();

  Look context = look;
  context.paper = accents.group_paper;
  context.ink = accents.ink;
  double height = 22;
  for (int i = 0; i < columns_of(matrix); ++i) {
    height = std::max(height, heading_height(matrix.contexts[static_cast<std::size_t>(i)], width_of(matrix, i)));
  }
  sheet.set_height(height);
  Look corner = context;
  corner.align = Align::left;
  corner.indent = 1;
  sheet.text(0, matrix.corner, corner);
  for (std::size_t i = 0; i < matrix.contexts.size(); ++i) {
    Look own = context;
    if (width_of(matrix, static_cast<int>(i)) < turned_below) own.turned = turned(matrix.contexts[i]);
    sheet.text(static_cast<int>(i) + 1, matrix.contexts[i], own);
  }
  sheet.next_row();
}

Look cell_look(Tone tone) {
  const Paint paint = paint_of(tone);
  return {.ink = paint.ink,
          .paper = paint.paper,
          .filled = true,
          .wrap = true,
          .align = Align::center,
          .stand = Stand::middle,
          .edge = 0xFFFFFF,
          .framed = true};
}

std::string comment_of(const Display& display, const MatrixEntry& entry) {
  std::string comment = entry.comment;
  if (entry.entries.numbers.empty()) return comment;
  Entries some = entry.entries;
  some.numbers.resize(std::min(some.numbers.size(), most_entries));
  std::string numbers = display.shown(some);
  if (some.numbers.size() < entry.entries.numbers.size()) numbers += ", …";
  return comment + (comment.empty() ? "" : "\n") + display.words("entries", numbers);
}

// Outcome and tier in bold, the second line smaller.
void add_entry(Sheet& sheet, int column, const MatrixEntry& entry, double width) {
  Book& book = sheet.book();
  const Look look = cell_look(entry.outcome.tone);
  const bool only_sign = width < turned_below && !entry.outcome.symbol.empty();
  std::string head = only_sign ? plain_text(entry.outcome.symbol, Breaks::join) : shown(entry.outcome);
  if (!entry.tier_mark.empty()) head += "  " + entry.tier_mark;
  Look bold = look;
  bold.bold = entry.outcome.tone != Tone::muted;
  if (entry.text.empty() || head.empty()) {
    sheet.text(column, head.empty() ? entry.text : head, bold);
  } else {
    std::string first = book.text(head);
    std::string second = book.text("\n" + entry.text);
    Look small = look;
    small.size = 8;
    lxw_rich_string_tuple head_part{book.format(bold), first.data()};
    lxw_rich_string_tuple text_part{book.format(small), second.data()};
    lxw_rich_string_tuple* parts[] = {&head_part, &text_part, nullptr};
    check(worksheet_write_rich_string(sheet.handle(), sheet.row(), static_cast<lxw_col_t>(column), parts,
                                      book.format(look)));
  }
  const std::string comment = comment_of(book.display(), entry);
  if (!comment.empty()) sheet.comment(column, comment);
}

void add_platform(Sheet& sheet, const Matrix& matrix, std::size_t index) {
  const std::string& platform = matrix.platforms[index];
  const std::vector<MatrixEntry>& entries = matrix.cells[index];
  double height = std::max(34.0, height_of(platform, platform_width - 2) + 4);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const double width = width_of(matrix, static_cast<int>(i));
    if (width < turned_below) continue;
    const double head = height_of(shown(entries[i].outcome) + "  " + entries[i].tier_mark, width - 1);
    const double text = entries[i].text.empty() ? 0 : height_of(entries[i].text, width - 1, 8);
    height = std::max(height, head + text);
  }
  sheet.set_height(height);
  sheet.remember_height(height);
  sheet.text(0, platform,
             {.ink = body,
              .paper = 0xF3F6FA,
              .filled = true,
              .bold = true,
              .wrap = true,
              .align = Align::left,
              .stand = Stand::middle,
              .edge = 0xFFFFFF,
              .framed = true,
              .indent = 1});
  for (std::size_t i = 0; i < entries.size(); ++i) {
    add_entry(sheet, static_cast<int>(i) + 1, entries[i], width_of(matrix, static_cast<int>(i)));
  }
  sheet.next_row();
}

void add_legend_line(Sheet& sheet, std::string_view sign, Look sign_look, std::string_view meaning, int last,
                     double width) {
  sign_look.align = Align::left;
  sign_look.indent = 1;
  sheet.set_height(std::max(18.0, height_of(meaning, width)));
  sheet.text(0, sign, sign_look);
  sheet.across(1, last, meaning,
               {.ink = body, .wrap = true, .align = Align::left, .stand = Stand::middle, .indent = 1});
  sheet.next_row();
}

void add_legend_heading(Sheet& sheet, std::string_view heading, int last) {
  sheet.next_row();
  sheet.set_height(20);
  sheet.across(0, last, heading,
               {.size = 11,
                .ink = sheet.book().accents().ink,
                .bold = true,
                .edge = sheet.book().accents().ink,
                .underlined = true});
  sheet.next_row();
}

void add_legend(Sheet& sheet, const Matrix& matrix) {
  const Display& display = sheet.book().display();
  const int last = last_text_column_of(matrix);
  const double width = width_of(matrix, 0, last);
  if (!matrix.legend.empty()) add_legend_heading(sheet, display.word("legend"), last);
  for (const auto& [badge, meaning] : matrix.legend) {
    const Paint paint = paint_of(badge.tone);
    const Look look{
        .ink = paint.ink, .paper = paint.paper, .filled = true, .bold = true, .wrap = true, .stand = Stand::middle};
    add_legend_line(sheet, shown(badge), look, meaning, last, width);
  }
  if (!matrix.tiers.empty()) add_legend_heading(sheet, display.word("tiers"), last);
  for (const auto& [mark, meaning] : matrix.tiers) {
    add_legend_line(sheet, mark, {.ink = body, .bold = true, .stand = Stand::middle}, meaning, last, width);
  }
}

}  // namespace

void add_matrix(Book& book, const Matrix& matrix) {
  Sheet sheet(book, matrix.title);
  worksheet_gridlines(sheet.handle(), LXW_HIDE_ALL_GRIDLINES);
  worksheet_set_tab_color(sheet.handle(), book.accents().paper);
  const int last = last_column_of(matrix);
  sheet.set_width(0, platform_width);
  for (int i = 0; i < last; ++i) sheet.set_width(i + 1, width_of(matrix, i));
  const double width = platform_width + width_of(matrix, 0, last);
  worksheet_fit_to_pages(sheet.handle(), static_cast<std::uint16_t>(std::ceil(width / page_width)), 0);

  const int last_text = last_text_column_of(matrix);
  const double text_width = platform_width + width_of(matrix, 0, last_text);
  sheet.banner(0, last_text, text_width);
  sheet.set_height(28);
  sheet.across(0, last_text, matrix.title,
               {.size = 16, .ink = book.accents().ink, .bold = true, .stand = Stand::middle});
  sheet.next_row();
  if (!matrix.intro.empty()) {
    sheet.set_height(height_of(matrix.intro, text_width) + 4);
    sheet.across(0, last_text, matrix.intro, {.ink = faint, .wrap = true, .align = Align::left});
    sheet.next_row();
  }
  const lxw_row_t headings = sheet.row();
  add_headings(sheet, matrix);
  worksheet_freeze_panes(sheet.handle(), sheet.row(), 1);
  check(worksheet_repeat_rows(sheet.handle(), headings, sheet.row() - 1));
  check(worksheet_repeat_columns(sheet.handle(), 0, 0));
  for (std::size_t i = 0; i < matrix.platforms.size() && i < matrix.cells.size(); ++i) {
    add_platform(sheet, matrix, i);
  }
  add_legend(sheet, matrix);
  sheet.protect();
}

}  // namespace linkaudit::reports::workbook
