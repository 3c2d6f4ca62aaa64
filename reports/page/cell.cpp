#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/page/markup.h"
#include "reports/page/parts.h"

namespace linkaudit::reports::page {
namespace {

constexpr int heat_steps = 5;
// Characters of a column's width from which its texts are sentences, or names of some length.
constexpr double long_from = 28, mid_from = 14;

// How a program reads the cell, where that is not its text: for sorting.
std::string machine_value(std::int64_t number) {
  return fmt::format(" data-v=\"{}\"", number);
}

struct CellMaker {
  const Page& page;
  const Column& column;
  bool arrives;  // the column of numbers by which entries are found

  Cell operator()(std::monostate) const { return {}; }
  Cell operator()(const std::string& text) const {
    const bool is_long = column.wrap || column.width >= long_from;
    return {escaped(text), is_long ? " class=\"long\"" : column.width >= mid_from ? " class=\"mid\"" : ""};
  }
  Cell operator()(std::int64_t number) const {
    const bool counts = column.heat || column.bars;
    if (!counts) return {fmt::format("{}", number), " class=\"number\""};
    return {page.display.number(number), " class=\"number\"" + machine_value(number)};
  }
  Cell operator()(double number) const { return {page.display.shown(number), " class=\"number\""}; }
  Cell operator()(bool is) const { return {page.display.shown(is), ""}; }
  Cell operator()(Instant at) const {
    const Zone& zone = page.display.zone();
    return {fmt::format("<time datetime=\"{}\">{}</time>", zone.rfc3339(at), zone.shown(at)),
            " class=\"time\"" + machine_value(at.time_since_epoch().count())};
  }
  Cell operator()(const Badge& badge) const { return {badge_markup(badge), ""}; }
  Cell operator()(const Term& term) const { return {escaped(term.label), ""}; }
  Cell operator()(const Entries& entries) const {
    if (entries.numbers.empty()) return {};
    return {arrives ? page.display.shown(entries) : page.anchors.links(entries),
            " class=\"entries\"" + machine_value(entries.numbers.front())};
  }
  Cell operator()(const Counted& counted) const { return counted_cell(counted.number); }
  Cell operator()(const Summed& summed) const { return counted_cell(summed.number); }
  Cell operator()(const Picture& picture) const {
    const std::string image = image_markup(picture.png, picture.text, "thumb");
    return {image.empty() ? escaped(picture.text) : image, ""};
  }

 private:
  Cell counted_cell(std::int64_t number) const {
    return {page.display.number(number), " class=\"number\"" + machine_value(number)};
  }
};

// 1 ... heat_steps; nothing is no heat.
int heat_of(double number, double largest) {
  if (!(number > 0) || !(largest > 0)) return 0;
  return std::clamp(static_cast<int>(std::ceil(number / largest * heat_steps)), 1, heat_steps);
}

}  // namespace

std::optional<double> number_of(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  if (const auto* counted = std::get_if<Counted>(&value)) return static_cast<double>(counted->number);
  if (const auto* summed = std::get_if<Summed>(&value)) return static_cast<double>(summed->number);
  const auto* number = std::get_if<double>(&value);
  if (number == nullptr || !std::isfinite(*number)) return {};
  return *number;
}

std::string with_class(const std::string& attributes, std::string_view more) {
  std::string out = attributes;
  if (const std::size_t at = out.find(" class=\""); at != std::string::npos) {
    return out.insert(at + std::string_view(" class=\"").size(), fmt::format("{} ", more));
  }
  return out + fmt::format(" class=\"{}\"", more);
}

Cell cell_of(const Table& table, std::size_t column, const Value& value, const Scale& scale, const Page& page) {
  const Column& of = table.columns[column];
  Cell cell = std::visit(CellMaker{page, of, of.key == table.entry_by}, value);
  const auto number = number_of(value);
  if (!number) return cell;
  const int heat = of.heat ? heat_of(*number, scale.heat) : 0;
  if (heat > 0) cell.attributes = with_class(cell.attributes, fmt::format("heat-{}", heat));
  if (of.bars && column < scale.bars.size() && scale.bars[column] > 0 && *number > 0) {
    cell.attributes = with_class(cell.attributes, "bars");
    cell.content += fmt::format(
        "<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect "
        "width=\"{:.1f}\" height=\"4\"/></svg>",
        *number / scale.bars[column] * 100);
  }
  return cell;
}

}  // namespace linkaudit::reports::page
