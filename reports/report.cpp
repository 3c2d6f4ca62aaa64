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

}  // namespace linkaudit::reports
