#include "reports/report.h"

#include <algorithm>
#include <memory>

namespace linkaudit::reports {

RowSource rows_of(std::vector<Row> rows) {
  const auto shared = std::make_shared<const std::vector<Row>>(std::move(rows));
  return [shared]() -> NextRow {
    return [shared, next = std::size_t{0}](Row& row) mutable {
      if (next == shared->size()) return false;
      row = (*shared)[next++];
      return true;
    };
  };
}

std::size_t struck_cells(const Table& table, const Row& row) {
  if (table.struck_by.empty()) return 0;
  const auto column = std::ranges::find(table.columns, table.struck_by, &Column::key);
  const auto index = static_cast<std::size_t>(column - table.columns.begin());
  return index < row.size() && !std::holds_alternative<std::monostate>(row[index]) ? index : 0;
}

const Table* find_table(const Report& report, std::string_view id) {
  const auto place = std::ranges::find(report.tables, id, &Table::id);
  return place == report.tables.end() ? nullptr : &*place;
}

std::vector<std::string> drawn_order(const Report& report) {
  std::vector<std::string> ids = report.order;
  if (ids.empty()) {
    ids = {"cover", "matrix", "timeline"};
    for (const Table& table : report.tables) ids.push_back(table.id);
  }
  std::vector<std::string> seen;
  std::erase_if(ids, [&](const std::string& id) {
    if (std::ranges::find(seen, id) != seen.end()) return true;
    seen.push_back(id);
    if (id == "cover") return false;
    if (id == "matrix") return !report.matrix;
    if (id == "timeline") return !report.timeline;
    return find_table(report, id) == nullptr;
  });
  return ids;
}

}  // namespace linkaudit::reports
