#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/horizon_options.h"
#include "audit/cli/session.h"
#include "audit/query/report_model.h"
#include "reports/write.h"

namespace linkaudit::cli {
namespace {

struct ReportOptions {
  std::string output, since, sheet;
  HorizonOptions horizon;
};

const reports::Table& sheet_of(const reports::Report& report, const std::string& wanted) {
  std::string known;
  for (const reports::Table& table : report.tables) {
    if (table.id == wanted) return table;
    known += (known.empty() ? "" : ", ") + table.id;
  }
  throw Refused("--sheet: \"" + wanted + "\" is no sheet of this report; valid are " + known);
}

// `directory/`: every sheet as CSV.
void write_sheets(const reports::Report& report, const std::filesystem::path& directory) {
  std::filesystem::create_directories(directory);
  for (const reports::Table& table : report.tables) {
    reports::write_csv(table, report, (directory / (table.id + ".csv")).string());
  }
}

void write(const reports::Report& report, const ReportOptions& options) {
  const std::filesystem::path path = options.output;
  const std::string ending = path.extension().string();
  if (options.output.ends_with('/')) return write_sheets(report, path);
  if (ending == ".xlsx") return reports::write_xlsx(report, options.output);
  if (ending == ".html") return reports::write_html(report, options.output);
  if (ending == ".json") return reports::write_json(report, options.output);
  reports::write_csv(sheet_of(report, options.sheet.empty() ? "findings" : options.sheet), report, options.output);
}

void check(const ReportOptions& options) {
  const std::string ending = std::filesystem::path(options.output).extension().string();
  const bool csv = ending == ".csv" || options.output.ends_with('/');
  if (!csv && ending != ".xlsx" && ending != ".html" && ending != ".json") {
    throw Refused("-o: " + options.output +
                  " has no known ending; valid are .xlsx, .html, .csv, .json, and DIR/ for every sheet as CSV");
  }
  if (!options.sheet.empty() && ending != ".csv") throw Refused("--sheet goes with -o FILE.csv");
}

void report(Session& session, const ReportOptions& options) {
  check(options);
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  query::ReportRequest request;
  request.language = session.language();
  const log::Horizon horizon = horizon_of(session, log, catalog, options.horizon);
  request.as_of = horizon.as_of;
  request.known_entry = horizon.known_entry;
  if (!options.since.empty()) request.since = session.instant("--since", options.since, catalog);
  if (request.since && *request.since > request.as_of) throw Refused("--since lies after --as-of");
  write(query::report_model(log, catalog, request), options);
  session.out << options.output << '\n';
}

}  // namespace

void add_report(CLI::App& app, Session& session) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command = app.add_subcommand("report", "The workbook, the page, CSV or JSON");
  command->add_option("-o,--output", options->output, "FILE.xlsx, FILE.html, FILE.csv, FILE.json, or DIR/")
      ->required()
      ->type_name("FILE");
  add_horizon_options(*command, options->horizon, "Instant or date to judge at; now when left out");
  command->add_option("--since", options->since, "Adds what changed since this instant or date")->type_name("TIME");
  command->add_option("--sheet", options->sheet, "The sheet of a CSV file; findings when left out")->type_name("NAME");
  command->callback([options, &session] { report(session, *options); });
}

}  // namespace linkaudit::cli
