// The report as values: what audit knows, put into the shapes that reports/ draws.
#pragma once

#include <optional>
#include <string>

#include "audit/query/tables.h"
#include "audit/query/view.h"
#include "reports/report.h"

namespace linkaudit::query {

struct ReportRequest {
  Language language = Language::en;
  Instant as_of{};
  std::optional<Instant> since;                            // adds what changed since then
  std::optional<std::int64_t> known_entry = std::nullopt;  // as the log knew it with its entries up to this one
};

// The log and the catalog must outlive the report: long tables are read while it is drawn.
reports::Report report_model(const log::Log& log, const catalog::Catalog& catalog, const ReportRequest& request);

}  // namespace linkaudit::query
