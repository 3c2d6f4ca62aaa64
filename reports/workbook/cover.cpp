#include <algorithm>

#include "reports/text.h"
#include "reports/workbook/palette.h"
#include "reports/workbook/parts.h"
#include "reports/workbook/picture.h"
#include "reports/workbook/sheet.h"

namespace linkaudit::reports::workbook {
namespace {

// Tiles stand beside one another, three to five in a row, with narrow columns between them; blocks use the first tile's
// column for labels and the rest for text.
constexpr int first_cover_column = 1;
constexpr int text_column = 3;
constexpr double gap_width = 1.6;
constexpr double full_width = 126;

struct Grid {
  int tiles;  // in a row

  int last_column() const { return first_cover_column + 2 * (tiles - 1); }
  double tile_width() const { return (full_width - gap_width * (tiles - 1)) / tiles; }
  double text_width() const { return full_width - tile_width() - gap_width; }
};

// So that no row is left with a lone tile where that can be helped.
Grid grid_for(std::size_t headlines) {
  if (headlines == 3 || headlines == 6) return {3};
  if (headlines == 5 || headlines > 8) return {5};
  return {4};
}

void set_columns(Sheet& sheet, const Grid& grid) {
  sheet.set_width(0, 2);
  for (int i = 0; i < grid.tiles; ++i) {
    sheet.set_width(first_cover_column + 2 * i, grid.tile_width());
    if (i > 0) sheet.set_width(2 * i, gap_width);
  }
}

void spacer(Sheet& sheet, double points) {
  sheet.set_height(points);
  sheet.next_row();
}

void add_line(Sheet& sheet, const Grid& grid, std::string_view text, const Look& look) {
  if (text.empty()) return;
  sheet.set_height(height_of(text, full_width, look.size));
  sheet.across(first_cover_column, grid.last_column(), text, look);
  sheet.next_row();
}

using TilePart = std::string Headline::*;

// One of the three lines of the tiles.
void add_tile_line(Sheet& sheet, const Grid& grid, const std::vector<Headline>& headlines, std::size_t begin,
                   std::size_t end, TilePart part, const Look& look) {
  double height = 0;
  for (std::size_t i = begin; i < end; ++i) {
    height = std::max(height, height_of(headlines[i].*part, grid.tile_width() - 2, look.size));
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
    sheet.text(first_cover_column + 2 * static_cast<int>(i - begin), headlines[i].*part, tile);
  }
  sheet.next_row();
}

void add_tiles(Sheet& sheet, const Grid& grid, const std::vector<Headline>& headlines) {
  const auto tiles = static_cast<std::size_t>(grid.tiles);
  for (std::size_t begin = 0; begin < headlines.size(); begin += tiles) {
    const std::size_t end = std::min(headlines.size(), begin + tiles);
    add_tile_line(sheet, grid, headlines, begin, end, &Headline::label,
                  {.size = 10, .bold = true, .stand = Stand::bottom});
    add_tile_line(sheet, grid, headlines, begin, end, &Headline::value,
                  {.size = 18, .bold = true, .stand = Stand::middle});
    add_tile_line(sheet, grid, headlines, begin, end, &Headline::detail, {.size = 9, .stand = Stand::top});
    spacer(sheet, 8);
  }
}

void add_block(Sheet& sheet, const Grid& grid, const CoverBlock& block) {
  spacer(sheet, 10);
  sheet.set_height(24);
  sheet.across(first_cover_column, grid.last_column(), block.heading,
               {.size = 13,
                .ink = sheet.book().accents().ink,
                .bold = true,
                .stand = Stand::middle,
                .edge = sheet.book().accents().ink,
                .underlined = true});
  sheet.next_row();
  const Look label_look{.ink = faint,
                        .bold = true,
                        .wrap = true,
                        .align = Align::left,
                        .stand = Stand::middle,
                        .edge = rule,
                        .underlined = true};
  const Look text_look{
      .ink = body, .wrap = true, .align = Align::left, .stand = Stand::middle, .edge = rule, .underlined = true};
  for (const auto& [label, text] : block.lines) {
    if (label.empty()) {
      sheet.set_height(height_of(text, full_width) + 3);
      sheet.across(first_cover_column, grid.last_column(), text, text_look);
    } else {
      sheet.set_height(std::max(height_of(text, grid.text_width()), height_of(label, grid.tile_width())) + 3);
      sheet.text(first_cover_column, label, label_look);
      sheet.blank(first_cover_column + 1, label_look);
      sheet.across(text_column, grid.last_column(), text, text_look);
    }
    sheet.next_row();
  }
}

// What the workbook holds, and what it stands on.
CoverBlock contents_of(const Report& report, const Display& display) {
  CoverBlock block{std::string(display.word("contents")), {}};
  for (const std::string& id : drawn_order(report)) {
    if (id == "matrix") block.lines.emplace_back(report.matrix->title, report.matrix->intro);
    if (id == "timeline") block.lines.emplace_back(report.timeline->title, report.timeline->intro);
    if (const Table* table = find_table(report, id)) block.lines.emplace_back(table->title, table->intro);
  }
  return block;
}

CoverBlock basis_of(const Report& report, const Display& display) {
  CoverBlock block{std::string(display.word("checkpoint_label")), {}};
  block.lines.emplace_back(display.word("as_of_label"), display.zone().shown(report.as_of));
  block.lines.emplace_back(display.word("zone_label"), display.zone().label(report.as_of));
  if (!report.checkpoint.empty()) block.lines.emplace_back(display.word("checkpoint_label"), report.checkpoint);
  return block;
}

// In a row of its own, as high as it is shown.
void add_logo(Sheet& sheet, const Report& report) {
  const auto size = png_size(report.logo);
  if (!size) return;
  constexpr Size room{260, 64};
  constexpr int margin = 4;  // pixels
  const double height = (fitted(*size, room).height + 2 * margin) * 0.75;
  sheet.set_height(height);
  sheet.remember_height(height);
  insert_png(sheet, first_cover_column, report.logo, report.organisation, room, margin);
  sheet.next_row();
}

}  // namespace

void add_cover(Book& book) {
  const Report& report = book.report();
  const Display& display = book.display();
  Sheet sheet(book, std::string(display.word("cover")));
  worksheet_gridlines(sheet.handle(), LXW_HIDE_ALL_GRIDLINES);
  worksheet_set_tab_color(sheet.handle(), book.accents().paper);
  const Grid grid = grid_for(report.headlines.size());
  set_columns(sheet, grid);

  sheet.banner(first_cover_column, grid.last_column(), full_width);
  add_logo(sheet, report);
  spacer(sheet, 10);
  add_line(sheet, grid, report.title,
           {.size = 22, .ink = sheet.book().accents().ink, .bold = true, .wrap = true, .stand = Stand::middle});
  add_line(sheet, grid, report.subtitle, {.size = 12, .ink = faint, .wrap = true, .stand = Stand::middle});
  const std::string as_of = display.words("as_of", display.zone().shown(report.as_of)) + " · " + report.zone;
  add_line(sheet, grid, report.organisation.empty() ? as_of : report.organisation + " · " + as_of,
           {.size = 10, .ink = faint, .wrap = true, .stand = Stand::middle});
  spacer(sheet, 12);
  add_tiles(sheet, grid, report.headlines);
  for (const CoverBlock& block : report.cover) add_block(sheet, grid, block);
  if (const CoverBlock contents = contents_of(report, display); !contents.lines.empty()) {
    add_block(sheet, grid, contents);
  }
  add_block(sheet, grid, basis_of(report, display));
  sheet.protect();
}

}  // namespace linkaudit::reports::workbook
