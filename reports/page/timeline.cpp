// Bands over time as inline SVG: colour, sign and words say the same, each leads to the entry that it begins with.
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>
#include <span>

#include "reports/page/axis.h"
#include "reports/page/markup.h"
#include "reports/page/parts.h"
#include "reports/page/plot.h"
#include "reports/text.h"

namespace linkaudit::reports::page {
namespace {

constexpr double row_high = 24, band_high = 18, mark_high = 15, axis_high = 20;
constexpr double least_band = 3, least_sign = 13;  // wide
constexpr int label_columns = 45;
constexpr std::size_t rows_a_drawing = 18;  // with a heading one fits a sheet of paper; on the screen the axis is near
constexpr std::size_t most_bands = 5000;    // of the page

void add_marks(const std::vector<PlacedMark>& marks, double top, double bottom, std::ostream& out) {
  for (const PlacedMark& mark : marks) {
    const double y = top - mark_high * static_cast<double>(mark.level);
    const bool left = mark.x + 4 + text_wide(mark.label) > drawing_wide;
    fmt::print(out,
               "<g class=\"mark\"><title>{}</title><line x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>"
               "<text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text></g>\n",
               escaped(mark.text), mark.x, mark.x, y - 10, bottom, left ? mark.x - 4 : mark.x + 4, y,
               left ? " text-anchor=\"end\"" : "", escaped(mark.label));
  }
}

void add_axis(const Plot& plot, const Display& display, double y, double bottom, std::ostream& out) {
  for (const Tick& tick : ticks(plot.from, plot.to, display.zone(), 8)) {
    const double x = plot.x(tick.at);
    const bool last = x + text_wide(tick.label) / 2 > drawing_wide, first = x - text_wide(tick.label) / 2 < labels_wide;
    fmt::print(
        out,
        "<g class=\"tick\"><line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/><text x=\"{0:.1f}\" "
        "y=\"{3:.1f}\" text-anchor=\"{4}\">{5}</text></g>\n",
        x, y, bottom, y - 5,
        last    ? "end"
        : first ? "start"
                : "middle",
        tick.label);
  }
}

std::string band_title(const Band& band, const TimelineRow& row, const Page& page) {
  const Zone& zone = page.display.zone();
  std::string text = fmt::format("{}: {}", row.label, shown(band.outcome));
  if (!row.tier_mark.empty()) text += " " + row.tier_mark;
  text += fmt::format(" · {} – {}", zone.shown(band.first), zone.shown(band.last));
  if (!band.text.empty()) text += " · " + band.text;
  if (band.entry > 0) text += fmt::format(" · {} {}", page.display.word("entry"), band.entry);
  return escaped(plain_text(text, Breaks::join));
}

// `room_to`: where the next band of the row begins.
void add_band(const Band& band, const TimelineRow& row, const Plot& plot, double y, double room_to, const Page& page,
              std::ostream& out) {
  const double x = plot.x(band.first);
  const double width = std::max(least_band, std::min(std::max(plot.x(band.last) - x, least_sign), room_to - x));
  const bool leads = page.anchors.has(band.entry);
  const std::string title = band_title(band, row, page);
  if (leads) {
    fmt::print(out, "<a href=\"#entry-{}\" aria-label=\"{}\">", band.entry, title);
  }
  fmt::print(out,
             "<g class=\"band {}\"><title>{}</title><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.0f}\" "
             "rx=\"2\"/>",
             tone_class(band.outcome.tone), title, x, y, width, band_high);
  const std::string whole = shown(band.outcome), sign = plain_text(band.outcome.symbol, Breaks::join);
  const bool fits = text_wide(whole) + 8 <= width;
  if (fits || width >= least_sign) {
    fmt::print(out, "<text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>", fits ? x + 5 : x + width / 2, y + 13,
               fits ? "" : " text-anchor=\"middle\"", escaped(fits ? whole : sign));
  }
  out << (leads ? "</g></a>\n" : "</g>\n");
}

void add_line(const TimelineRow& row, const Plot& plot, double y, const Page& page, std::ostream& out) {
  const std::string label = plain_text(row.label, Breaks::join);
  const std::string mark = row.tier_mark.empty() ? "" : " " + plain_text(row.tier_mark, Breaks::join);
  fmt::print(out, "<g class=\"label\"><title>{}</title><text x=\"4\" y=\"{:.1f}\">{}{}</text></g>\n", escaped(label),
             y + 16, escaped(cut_to_width(label, label_columns - display_width(mark))), escaped(mark));
  for (std::size_t i = 0; i < row.bands.size(); ++i) {
    if (row.bands[i].last < plot.from || row.bands[i].first > plot.to) continue;
    const double room = i + 1 < row.bands.size() ? plot.x(row.bands[i + 1].first) - 1 : drawing_wide;
    add_band(row.bands[i], row, plot, y + 3, room, page, out);
  }
}

struct Drawing {
  std::string title, id, corner;
  std::span<const TimelineRow> rows;
};

void add_drawing(const Drawing& drawing, const Plot& plot, const std::vector<PlacedMark>& marks, const Page& page,
                 std::ostream& out) {
  std::size_t levels = 0;
  for (const PlacedMark& mark : marks) levels = std::max(levels, mark.level + 1);
  const double above = mark_high * static_cast<double>(levels), top = above + axis_high;
  const double bottom = top + row_high * static_cast<double>(drawing.rows.size());
  fmt::print(out,
             "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n<svg class=\"timeline\" "
             "viewBox=\"0 0 {1:.0f} {2:.0f}\" role=\"group\" aria-labelledby=\"{3}-title\" "
             "aria-describedby=\"{3}-text\">\n<title id=\"{3}-title\">{0}</title>\n<desc id=\"{3}-text\">{4}</desc>\n",
             escaped(drawing.title), drawing_wide, bottom + 4, drawing.id,
             escaped(page.display.words("timeline_between", page.display.zone().shown(plot.from),
                                        page.display.zone().shown(plot.to))));
  fmt::print(out, "<text class=\"corner\" x=\"4\" y=\"{:.1f}\">{}</text>\n", top - 5,
             escaped(cut_to_width(plain_text(drawing.corner, Breaks::join), label_columns)));
  for (std::size_t i = 0; i < drawing.rows.size(); i += 2) {
    fmt::print(out, "<rect class=\"stripe\" x=\"0\" y=\"{:.1f}\" width=\"{:.0f}\" height=\"{:.0f}\"/>\n",
               top + row_high * static_cast<double>(i), drawing_wide, row_high);
  }
  add_axis(plot, page.display, top, bottom, out);
  double y = top;
  for (const TimelineRow& row : drawing.rows) {
    add_line(row, plot, y, page, out);
    y += row_high;
  }
  add_marks(marks, above - 4, bottom, out);
  out << "</svg>\n</div>\n";
}

// How many bands may still be drawn, and whether some were not.
struct Budget {
  std::size_t left = most_bands;
  bool cut = false;
};

// So many of the rows, at most a drawing's, as there are bands left for.
std::size_t rows_within(std::span<const TimelineRow> rows, Budget& budget) {
  std::size_t count = 0;
  for (; count < std::min(rows.size(), rows_a_drawing); ++count) {
    if (rows[count].bands.size() > budget.left) {
      budget = {0, true};
      break;
    }
    budget.left -= rows[count].bands.size();
  }
  return count;
}

// The group in drawings of so many rows.
void add_group(const TimelineGroup& group, std::size_t number, const Timeline& timeline, const Plot& plot,
               Budget& budget, const Page& page, std::ostream& out) {
  const auto marks = placed(timeline, plot);
  const std::string title = timeline.title + ": " + group.title;
  fmt::print(out, "<h3>{}</h3>\n", escaped(group.title));
  std::span<const TimelineRow> rows = group.rows;
  for (std::size_t part = 1; !rows.empty() && !budget.cut; ++part) {
    const std::size_t count = rows_within(rows, budget);
    if (count == 0) return;
    add_drawing({part == 1 ? title : page.display.words("part", title, std::to_string(part)),
                 fmt::format("timeline-{}-{}", number, part), timeline.corner, rows.first(count)},
                plot, marks, page, out);
    rows = rows.subspan(count);
  }
}

void add_as_table(const Page& page, std::ostream& out) {
  const auto data = std::ranges::find(page.report.data, "timeline", &Table::id);
  if (data == page.report.data.end()) return;
  fmt::print(out, "<details class=\"as-table\"><summary>{}</summary>\n", page.display.word("as_table"));
  Table table = *data;
  if (table.title.empty() && page.report.timeline) table.title = page.report.timeline->title;
  add_rows(table, page, out);
  out << "</details>\n";
}

}  // namespace

void add_timeline(const Timeline& timeline, const Page& page, std::ostream& out) {
  const Plot plot{timeline.from, std::max(timeline.to, timeline.from + std::chrono::hours(1))};
  fmt::print(out, "<section id=\"timeline\">\n<h2>{}</h2>\n", escaped(timeline.title));
  if (!timeline.intro.empty()) fmt::print(out, "<p class=\"intro\">{}</p>\n", escaped(timeline.intro));
  if (!timeline.legend.empty()) {
    fmt::print(out, "<ul class=\"key\">");
    for (const Badge& badge : timeline.legend) fmt::print(out, "<li>{}</li>", badge_markup(badge));
    fmt::print(out, "</ul>\n");
  }
  Budget budget;
  std::size_t number = 0;
  for (const TimelineGroup& group : timeline.groups) {
    if (!budget.cut) add_group(group, ++number, timeline, plot, budget, page, out);
  }
  if (budget.cut) {
    fmt::print(out, "<p class=\"cut\">{}</p>\n", page.display.words("first_bands", page.display.number(most_bands)));
  }
  add_as_table(page, out);
  out << "</section>\n";
}

}  // namespace linkaudit::reports::page
