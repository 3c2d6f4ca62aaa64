#include "audit/query/report_model.h"

#include "audit/query/cover.h"
#include "audit/query/diff.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

reports::Table catalogs_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon) {
  std::vector<reports::Row> rows;
  for (const log::LoggedCatalog& row : log::catalogs(log)) {
    if (row.record.at > horizon.as_of || row.entry > horizon.known_entry.value_or(row.entry)) continue;
    rows.push_back({row.entry, row.record.at, row.record.sha256, row.record.sha256 == reader.catalog.version,
                    joined(row.record.schedules, ", ")});
  }
  return {"catalogs",
          word_of(reader, "table.catalogs"),
          word_of(reader, "table.catalogs.intro"),
          {column(reader, "entry", 9), column(reader, "at", 17), column(reader, "catalog", 68),
           column(reader, "judged_by", 12), column(reader, "schedules", 30)},
          reports::rows_of(std::move(rows)),
          1};
}

}  // namespace

reports::Report report_model(const log::Log& log, const catalog::Catalog& catalog, const ReportRequest& request) {
  const Reader reader{catalog, request.language};
  const View view = look(log, catalog, request.as_of, request.known_entry);
  const Accounting accounting = account(log, view.horizon);
  // The smallest tree that holds all that the report rests on: entries recorded later do not change it.
  const std::int64_t tree_size = log::newest_entry(log, view.horizon);
  const std::string root = log::to_hex(log.root_at(tree_size));

  reports::Report report;
  report.language = request.language;
  report.simulated = catalog.simulated;
  report.title = word_of(reader, "report.title");
  report.subtitle = horizon_in_words(reader, view.horizon);
  report.as_of = request.as_of;
  report.zone = catalog.zone;
  report.checkpoint = std::to_string(tree_size) + " " + root;
  std::optional<Accounting> of_period;
  if (request.since) of_period = account(log, view.horizon, request.since);
  const CoverFacts facts{view, accounting, of_period ? &*of_period : nullptr, tree_size, root};
  report.headlines = headlines(reader, facts);
  report.cover = cover_blocks(reader, facts);
  report.matrix = matrix_of(reader, view.matrix, false);
  report.tables.push_back(obligations_table(reader, view.findings));
  report.tables.push_back(findings_table(reader, view.findings, true));
  report.tables.push_back(open_table(reader, view.findings));
  if (!view.waivers.empty()) report.tables.push_back(waivers_table(reader, view.waivers));
  if (request.since) {
    report.tables.push_back(changes_table(
        reader, diff_of_instants(log, catalog, *request.since, request.as_of, request.known_entry).changes, true));
  }
  report.tables.push_back(observations_table(reader, log, view.horizon, {}, true));
  report.tables.push_back(gaps_table(reader, log, view.horizon));
  report.tables.push_back(runs_table(reader, log, view.horizon));
  report.tables.push_back(
      periods_table(reader, account_by_period(log, view.horizon, std::nullopt, PeriodLength::month, catalog.zone)));
  report.tables.push_back(catalogs_table(reader, log, view.horizon));
  return report;
}

}  // namespace linkaudit::query
