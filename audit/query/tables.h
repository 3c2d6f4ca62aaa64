// Query results as tables: the same for the terminal, CSV, the workbook and the page. Column keys are stable.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/query/accounting.h"
#include "audit/query/changes.h"
#include "audit/query/history.h"
#include "audit/query/labels.h"
#include "audit/query/view.h"
#include "reports/report.h"

namespace linkaudit::query {

// What a table is made for.
struct Reader {
  const catalog::Catalog& catalog;
  Language language = Language::en;
  bool both = false;  // headings in the other language as well
};

// Gravest first: breached confirmed, breached suspected, exempt, undetermined, met, not due; then days overdue, then
// the catalog's order. `wide` adds the columns that a terminal has no room for.
// With remarks, what officers wrote about each stands behind.
reports::Table findings_table(const Reader& reader, const std::vector<law::Finding>& findings, bool wide,
                              const std::map<std::string, log::LoggedRemark>* remarks = nullptr);

// What they leave open and why, as open.h has it: disputes first, what nobody has looked at last.
reports::Table open_table(const Reader& reader, const std::vector<law::Finding>& findings);

// Those that were withdrawn struck through.
reports::Table waivers_table(const Reader& reader, const std::vector<WaiverShown>& waivers);
reports::Table changes_table(const Reader& reader, const std::vector<Change>& changes, bool wide);
// Below the spans, struck through, what was seen and `withdrawn`.
reports::Table history_table(const Reader& reader, const std::vector<HistorySpan>& spans,
                             const std::vector<log::LoggedObservation>& withdrawn);
// What was said of entries later: withdrawals and corrections, with what the old said and the new, and notes.
reports::Table annotations_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon);
reports::Table obligations_table(const Reader& reader, const std::vector<law::Finding>& findings);
reports::Table clauses_by_platform_table(const Reader& reader, const std::vector<law::Finding>& findings);
reports::Table periods_table(const Reader& reader, const std::vector<Period>& periods);
reports::Table gaps_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon);
reports::Table runs_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon,
                          std::optional<Instant> since = std::nullopt);

// Streamed from the log; the log and the reader must outlive the table.
reports::Table observations_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon,
                                  const log::ObservationFilter& filter, bool wide);

// The same columns for what is at hand; entry 0: not logged.
reports::Table observations_table(const Reader& reader, const std::vector<log::LoggedObservation>& seen);

// One row for each platform x context, looked at or not.
reports::Table matrix_rows(const Reader& reader, const std::vector<law::MatrixCell>& cells);

// `looked_at_only` leaves out the platforms and contexts that nobody has looked at.
// `as_of`: says of each cell for how many days it is so.
reports::Matrix matrix_of(const Reader& reader, const std::vector<law::MatrixCell>& cells, bool looked_at_only,
                          std::optional<Instant> as_of = std::nullopt);

}  // namespace linkaudit::query
