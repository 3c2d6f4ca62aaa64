// Rows as JSON objects: a column's key names the field, its value is what a program reads.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>

#include "reports/report.h"
#include "reports/zone.h"

namespace linkaudit::reports {

// Row by row, until there is none or `take` returns false.
void each_row(const Table& table, const Zone& zone, const std::function<bool(const nlohmann::ordered_json&)>& take);

}  // namespace linkaudit::reports
