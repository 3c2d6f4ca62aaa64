// Rows of a table made from observations, read from the log page by page, so that a table of any length needs little
// memory.
#pragma once

#include <functional>

#include "audit/log/read.h"
#include "reports/report.h"

namespace linkaudit::query {

using RowOfObservation = std::function<reports::Row(const log::LoggedObservation&)>;

// In order of (at, entry). The log must outlive the rows.
reports::RowSource rows_of_observations(const log::Log& log, const log::Horizon& horizon,
                                        const log::ObservationFilter& filter, RowOfObservation row_of);

}  // namespace linkaudit::query
