#include <algorithm>

#include "reports/text.h"
#include "reports/workbook/palette.h"
#include "reports/workbook/parts.h"
#include "reports/workbook/timeline_chart.h"

namespace linkaudit::reports::workbook {
namespace {

constexpr double broadest = 1400;  // pixels

std::int64_t days_of(const Band& band, const Zone& zone) {
  const auto day = [&](Instant at) { return static_cast<std::int64_t>(serial_of(zone, at)); };
  return day(band.last) - day(band.first) + 1;  // both seen
}

std::vector<Row> rows_of(const Timeline& timeline, const Display& display) {
  std::vector<Row> rows;
  for (const TimelineGroup& group : timeline.groups) {
    for (const TimelineRow& row : group.rows) {
      if (row.bands.empty()) {
        rows.push_back(
            {group.title, row.label, row.tier_mark, {}, {}, {}, {}, std::string(display.word("never_seen"))});
      }
      for (const Band& band : row.bands) {
        rows.push_back({group.title, row.label, row.tier_mark, band.outcome, band.first, band.last,
                        days_of(band, display.zone()), band.text, band.entry > 0 ? Value(band.entry) : Value()});
      }
    }
  }
  return rows;
}

Table table_of(const Timeline& timeline, const Display& display) {
  const auto word = [&](const char* key) { return std::string(display.word(key)); };
  Table table{"timeline",
              timeline.title,
              timeline.intro,
              {{"group", word("host_app"), 16, true},
               {"label", timeline.corner, 34, true},
               {"tier", word("tier"), 7},
               {"outcome", word("outcome"), 22},
               {"first", word("first_seen"), 20},
               {"last", word("last_seen"), 20},
               {"days", word("days"), 9},
               {"text", word("detail"), 40, true},
               {"entry", word("entry"), 10}},
              reports::rows_of(rows_of(timeline, display)),
              0};
  return table;
}

double width_of(const Table& table) {
  double width = 0;
  for (const Column& column : table.columns) width += pixels_of(column.width);
  return std::min(width, broadest);
}

// Signs in their colours, side by side, in the columns that are broad enough.
void add_legend(Sheet& sheet, const Timeline& timeline, const Table& table) {
  constexpr double broad = 18;
  if (timeline.legend.empty()) return;
  sheet.text(0, sheet.book().display().word("legend"), {.size = 9, .ink = faint, .bold = true});
  std::size_t column = 0;
  for (const Badge& badge : timeline.legend) {
    do ++column;
    while (column < table.columns.size() && table.columns[column].width < broad);
    if (column == table.columns.size()) {
      sheet.next_row();
      column = 1;
    }
    const Paint paint = paint_of(badge.tone);
    sheet.text(static_cast<int>(column), shown(badge),
               {.size = 9,
                .ink = ink_on(paint.edge),
                .paper = paint.edge,
                .filled = true,
                .bold = true,
                .align = Align::center,
                .edge = 0xFFFFFF,
                .framed = true});
  }
  sheet.next_row();
}

void add_marks(Sheet& sheet, const Timeline& timeline, int last) {
  const Display& display = sheet.book().display();
  if (timeline.marks.empty()) return;
  sheet.text(0, display.word("dates"), {.size = 9, .ink = faint, .bold = true});
  for (const auto& [when, name] : timeline.marks) {
    const std::string day = display.zone().shown(when).substr(0, 10);
    sheet.across(1, last, day + "  " + name,
                 {.size = 9, .ink = body, .align = Align::left, .marker = body, .marked = true});
    sheet.next_row();
  }
}

}  // namespace

void add_timeline(Book& book, const Timeline& timeline) {
  const Table table = table_of(timeline, book.display());
  add_table(book, table, [&](Sheet& sheet) {
    const int last = static_cast<int>(table.columns.size()) - 1;
    worksheet_gridlines(sheet.handle(), LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_tab_color(sheet.handle(), book.accents().paper);
    add_legend(sheet, timeline, table);
    add_marks(sheet, timeline, last);
    sheet.next_row();
    TimelineCharts charts(sheet, timeline, width_of(table));
    for (const TimelineGroup& group : timeline.groups) {
      if (!group.rows.empty()) charts.add(group);
    }
    sheet.next_row();
  });
}

}  // namespace linkaudit::reports::workbook
