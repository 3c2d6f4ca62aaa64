#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/carry.h"
#include "audit/cli/commands.h"
#include "audit/cli/horizon_options.h"
#include "audit/cli/report_file.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"

namespace linkaudit::cli {
namespace {

struct ReportOptions {
  std::string output, since, sheet, layout = "full", carry;
  bool issue = false;
  HorizonOptions horizon;
};

void check(const ReportOptions& options) {
  check_report_output(options.output, options.sheet);
  if (options.issue && options.output.ends_with('/'))
    throw Refused("--issue: one file is issued, not a folder of them");
}

// What changes are compared with: of a date the last instant before it, so that the whole day is in the report.
probes::Instant before(const Session& session, const std::string& since, const catalog::Catalog& catalog) {
  const auto date = law::parse_date(since);
  if (!date) return session.instant("--since", since, catalog);
  return law::start_of_day(*date, catalog.zone) - std::chrono::milliseconds(1);
}

query::ReportRequest request_of(const Session& session, const log::Log& log, const catalog::Catalog& catalog,
                                const ReportOptions& options) {
  const log::Horizon horizon = horizon_of(session, log, catalog, options.horizon);
  query::ReportRequest request = report_request(catalog, options.layout, session.globals.language, horizon.as_of);
  request.known_entry = horizon.known_entry;
  if (!options.since.empty()) request.since = before(session, options.since, catalog);
  if (request.since && *request.since > request.as_of) throw Refused("--since lies after --as-of");
  return request;
}

// As `sha256sum` writes it, and reads it again with -c.
void say(const Session& session, const WrittenFile& file, std::int64_t entry) {
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    nlohmann::json document = {{"file", file.path}, {"sha256", file.sha256}, {"bytes", file.bytes}};
    document["entry"] = entry == 0 ? nlohmann::json(nullptr) : nlohmann::json(entry);
    session.out << document.dump() << '\n';
  } else {
    session.out << file.sha256 << "  " << file.path << '\n';
  }
}

void report(Session& session, const ReportOptions& options) {
  check(options);
  session.only({Format::text, Format::json, Format::ndjson});
  const catalog::Catalog catalog = session.load_catalog();
  if (!options.carry.empty()) {
    session.read_log();  // or there is none
    carry_remarks(session, catalog, options.carry);
  }
  std::optional<log::Log> log = options.issue ? (session.read_log(), session.open_log()) : session.read_log();
  const query::ReportRequest request = request_of(session, *log, catalog, options);
  const query::ReportModel model = query::report_model(*log, catalog, request);
  for (const WrittenFile& file : write_report(model.report, options.output, options.sheet)) {
    std::int64_t entry = 0;
    if (options.issue) {
      log::IssuedReport issued = issued_report(model, request, catalog, file, session.now());
      if (!options.sheet.empty()) issued.options.push_back("--sheet " + options.sheet);
      const log::NewEntry entries[] = {std::move(issued)};
      entry = log->append(entries, session.now()).front();
    }
    say(session, file, entry);
  }
}

}  // namespace

void add_report(CLI::App& app, Session& session) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command =
      app.add_subcommand("report", "The workbook, the page, PDF, CSV, JSON or a summary; with its digest");
  command
      ->add_option("-o,--output", options->output,
                   "FILE.xlsx, FILE.html, FILE.pdf, FILE.csv, FILE.json, FILE.ndjson, FILE.md, or DIR/ for every sheet")
      ->required()
      ->type_name("FILE");
  add_horizon_options(*command, options->horizon, "Instant or date to judge at; now when left out");
  command
      ->add_option("--since", options->since,
                   "What changed after this instant, or from the begin of this date on; else since the last issued")
      ->type_name("TIME");
  command
      ->add_option("--template", options->layout,
                   "Which of the catalog's reports: full, monthly, incident, or one's own")
      ->type_name("ID")
      ->capture_default_str();
  command->add_option("--sheet", options->sheet, "One sheet, as CSV (findings when left out), JSON or NDJSON")
      ->type_name("NAME");
  command->add_option("--carry", options->carry, "Workbook whose filled-in columns are taken into the log before")
      ->type_name("OLD.xlsx");
  command->add_flag("--issue", options->issue, "Log that this report was given out, with its digest");
  command->callback([options, &session] { report(session, *options); });
}

}  // namespace linkaudit::cli
