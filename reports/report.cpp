#include "reports/report.h"

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

}  // namespace linkaudit::reports
