// The reports that were issued, as a table.
#pragma once

#include <vector>

#include "audit/query/tables.h"

namespace linkaudit::query {

reports::Table reports_table(const Reader& reader, const std::vector<log::LoggedReport>& issued);

}  // namespace linkaudit::query
