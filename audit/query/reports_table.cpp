#include "audit/query/reports_table.h"

#include "audit/query/values.h"

namespace linkaudit::query {

reports::Table reports_table(const Reader& reader, const std::vector<log::LoggedReport>& issued) {
  std::vector<reports::Row> rows;
  for (const log::LoggedReport& each : issued) {
    const log::IssuedReport& report = each.report;
    rows.push_back({each.entry, report.at, report.report, report.as_of,
                    report.since ? reports::Value(*report.since) : reports::Value(), report.language, report.file,
                    report.sha256, report.bytes, report.tree_size, report.root, report.catalog_version});
  }
  return table_of(reader, "reports",
                  {column(reader, "entry", 9), column(reader, "issued_at", 17), column(reader, "report", 12),
                   column(reader, "as_of", 17), column(reader, "changes_since", 17), column(reader, "language", 9),
                   column(reader, "file", 30), column(reader, "file_sha256", 66), column(reader, "bytes", 10),
                   column(reader, "tree_size", 10), column(reader, "root", 66), column(reader, "catalog", 66)},
                  std::move(rows));
}

}  // namespace linkaudit::query
