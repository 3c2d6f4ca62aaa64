// What is drawn of a report, and in which order.
#pragma once

#include <vector>

#include "reports/report.h"

namespace linkaudit::reports {

struct Part {
  enum class Kind { cover, matrix, timeline, table };
  Kind kind = Kind::table;
  const Table* table = nullptr;  // of Kind::table: one of report.tables
};

// The parts named by Report::order that the report has; all of them where it names none. The report outlives the
// result.
std::vector<Part> parts_of(const Report& report);

// The same as rows for programs: in place of cover, matrix and timeline their tables of Report::data, where it has
// them.
std::vector<const Table*> sheets_of(const Report& report);

bool draws(const Report& report, Part::Kind kind);

}  // namespace linkaudit::reports
