#include "reports/order.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace linkaudit::reports {
namespace {

constexpr std::array<std::pair<std::string_view, Part::Kind>, 3> drawn_parts = {
    {{"cover", Part::Kind::cover}, {"matrix", Part::Kind::matrix}, {"timeline", Part::Kind::timeline}}};

bool has(const Report& report, Part::Kind kind) {
  if (kind == Part::Kind::matrix) return report.matrix.has_value();
  if (kind == Part::Kind::timeline) return report.timeline.has_value();
  return true;
}

std::string_view id_of(Part::Kind kind) {
  return std::ranges::find(drawn_parts, kind, [](const auto& part) { return part.second; })->first;
}

}  // namespace

std::vector<Part> parts_of(const Report& report) {
  std::vector<Part> parts;
  const auto add_tables = [&](const std::string* id) {
    for (const Table& table : report.tables) {
      if (id == nullptr || table.id == *id) parts.push_back({Part::Kind::table, &table});
    }
  };
  if (report.order.empty()) {
    for (const auto& [name, kind] : drawn_parts) {
      if (has(report, kind)) parts.push_back({kind});
    }
    add_tables(nullptr);
    return parts;
  }
  for (const std::string& id : report.order) {
    const auto* found = std::ranges::find(drawn_parts, id, [](const auto& part) { return part.first; });
    if (found == drawn_parts.end()) {
      add_tables(&id);
    } else if (has(report, found->second)) {
      parts.push_back({found->second});
    }
  }
  return parts;
}

std::vector<const Table*> sheets_of(const Report& report) {
  std::vector<const Table*> sheets;
  for (const Part& part : parts_of(report)) {
    if (part.kind == Part::Kind::table) {
      sheets.push_back(part.table);
      continue;
    }
    const auto data = std::ranges::find(report.data, id_of(part.kind), &Table::id);
    if (data != report.data.end()) sheets.push_back(&*data);
  }
  return sheets;
}

bool draws(const Report& report, Part::Kind kind) {
  return std::ranges::any_of(parts_of(report), [&](const Part& part) { return part.kind == kind; });
}

}  // namespace linkaudit::reports
