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
  std::optional<Instant> since;                            // changes since then; else since the last issued one
  std::optional<std::int64_t> known_entry = std::nullopt;  // as the log knew it with its entries up to this one
  std::string layout = "full";                             // of the catalog's reports
  bool both = false;                                       // headings in both languages
  std::string logo = {};                                   // a PNG, its bytes
};

// What a report rests on, beside what it shows.
struct ReportModel {
  reports::Report report;
  std::optional<Instant> since;  // where its changes begin
  std::int64_t tree_size = 0;    // the smallest tree that holds all of it
  std::string root;              // of that, hex
};

// The log and the catalog must outlive the report: long tables are read while it is drawn. The layout must be one of
// the catalog's.
ReportModel report_model(const log::Log& log, const catalog::Catalog& catalog, const ReportRequest& request);

}  // namespace linkaudit::query
