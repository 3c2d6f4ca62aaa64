#include <algorithm>

#include "reports/text.h"
#include "reports/workbook/palette.h"
#include "reports/workbook/parts.h"
#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {
namespace {

// Four tiles beside one another, with narrow columns between them; blocks use the first for labels, the rest for text.
constexpr int first_column = 1;
constexpr int text_column = 3;
constexpr int last_column = 7;
constexpr int tiles_in_a_row = 4;
constexpr double tile_width = 30;
constexpr double gap_width = 1.6;
constexpr double text_width = 3 * tile_width + 2 * gap_width;
constexpr double full_width = 4 * tile_width + 3 * gap_width;

void set_columns(Sheet& sheet) {
  sheet.set_width(0, 2);
  for (int i = 0; i < tiles_in_a_row; ++i) {
    sheet.set_width(first_column + 2 * i, tile_width);
    if (i > 0) sheet.set_width(2 * i, gap_width);
  }
}

void spacer(Sheet& sheet, double points) {
  sheet.set_height(points);
  sheet.next_row();
}

void add_line(Sheet& sheet, std::string_view text, const Look& look) {
  if (text.empty()) return;
  sheet.set_height(height_of(text, full_width, look.size));
  sheet.across(first_column, last_column, text, look);
  sheet.next_row();
}

using TilePart = std::string Headline::*;

// One of the three lines of the tiles.
void add_tile_line(Sheet& sheet, const std::vector<Headline>& headlines, std::size_t begin, std::size_t end,
                   TilePart part, const Look& look) {
  double height = 0;
  for (std::size_t i = begin; i < end; ++i) {
    height = std::max(height, height_of(headlines[i].*part, tile_width - 2, look.size));
  }
  sheet.set_height(height + 4);
  for (std::size_t i = begin; i < end; ++i) {
    const Paint paint = paint_of(headlines[i].tone);
    Look tile = look;
    tile.ink = paint.ink;
    tile.paper = paint.paper;
    tile.filled = tile.marked = tile.wrap = true;
    tile.marker = paint.edge;
    tile.indent = 1;
    tile.align = Align::left;
    sheet.text(first_column + 2 * static_cast<int>(i - begin), headlines[i].*part, tile);
  }
  sheet.next_row();
}

void add_tiles(Sheet& sheet, const std::vector<Headline>& headlines) {
  for (std::size_t begin = 0; begin < headlines.size(); begin += tiles_in_a_row) {
    const std::size_t end = std::min(headlines.size(), begin + tiles_in_a_row);
    add_tile_line(sheet, headlines, begin, end, &Headline::label, {.size = 10, .bold = true, .stand = Stand::bottom});
    add_tile_line(sheet, headlines, begin, end, &Headline::value, {.size = 22, .bold = true, .stand = Stand::middle});
    add_tile_line(sheet, headlines, begin, end, &Headline::detail, {.size = 9, .stand = Stand::top});
    spacer(sheet, 8);
  }
}

void add_block(Sheet& sheet, const CoverBlock& block) {
  spacer(sheet, 10);
  sheet.set_height(24);
  sheet.across(first_column, last_column, block.heading,
               {.size = 13, .ink = accent, .bold = true, .stand = Stand::middle, .edge = accent, .underlined = true});
  sheet.next_row();
  const Look label_look{
      .ink = faint, .bold = true, .wrap = true, .align = Align::left, .edge = rule, .underlined = true};
  const Look text_look{.ink = body, .wrap = true, .align = Align::left, .edge = rule, .underlined = true};
  for (const auto& [label, text] : block.lines) {
    if (label.empty()) {
      sheet.set_height(height_of(text, full_width) + 3);
      sheet.across(first_column, last_column, text, text_look);
    } else {
      sheet.set_height(std::max(height_of(text, text_width), height_of(label, tile_width)) + 3);
      sheet.text(first_column, label, label_look);
      sheet.blank(first_column + 1, label_look);
      sheet.across(text_column, last_column, text, text_look);
    }
    sheet.next_row();
  }
}

// What the workbook holds, and what it stands on.
CoverBlock contents_of(const Report& report, const Display& display) {
  CoverBlock block{std::string(display.word("contents")), {}};
  if (report.matrix) block.lines.emplace_back(report.matrix->title, report.matrix->intro);
  for (const Table& table : report.tables) block.lines.emplace_back(table.title, table.intro);
  return block;
}

CoverBlock basis_of(const Report& report, const Display& display) {
  CoverBlock block{std::string(display.word("checkpoint_label")), {}};
  block.lines.emplace_back(display.word("as_of_label"), display.zone().shown(report.as_of));
  block.lines.emplace_back(display.word("zone_label"), display.zone().label(report.as_of));
  if (!report.checkpoint.empty()) block.lines.emplace_back(display.word("checkpoint_label"), report.checkpoint);
  return block;
}

}  // namespace

void add_cover(Book& book) {
  const Report& report = book.report();
  const Display& display = book.display();
  Sheet sheet(book, std::string(display.word("cover")));
  worksheet_gridlines(sheet.handle(), LXW_HIDE_ALL_GRIDLINES);
  worksheet_set_tab_color(sheet.handle(), accent);
  set_columns(sheet);

  sheet.banner(first_column, last_column);
  spacer(sheet, 10);
  add_line(sheet, report.title, {.size = 22, .ink = accent, .bold = true, .wrap = true, .stand = Stand::middle});
  add_line(sheet, report.subtitle, {.size = 12, .ink = faint, .wrap = true, .stand = Stand::middle});
  const std::string as_of = display.words("as_of", display.zone().shown(report.as_of)) + " · " + report.zone;
  add_line(sheet, report.organisation.empty() ? as_of : report.organisation + " · " + as_of,
           {.size = 10, .ink = faint, .wrap = true, .stand = Stand::middle});
  spacer(sheet, 12);
  add_tiles(sheet, report.headlines);
  for (const CoverBlock& block : report.cover) add_block(sheet, block);
  if (report.matrix || !report.tables.empty()) add_block(sheet, contents_of(report, display));
  add_block(sheet, basis_of(report, display));
}

}  // namespace linkaudit::reports::workbook
