// Which reports were issued.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/horizon_options.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/query/reports_table.h"

namespace linkaudit::cli {
namespace {

nlohmann::json to_json(const log::LoggedReport& logged) {
  const log::IssuedReport& report = logged.report;
  const auto instant = [](probes::Instant at) { return law::format_instant(at, "UTC"); };
  return {{"entry", logged.entry},
          {"at", instant(report.at)},
          {"as_of", instant(report.as_of)},
          {"since", report.since ? nlohmann::json(instant(*report.since)) : nlohmann::json(nullptr)},
          {"known_entry", report.known_entry ? nlohmann::json(*report.known_entry) : nlohmann::json(nullptr)},
          {"template", report.report},
          {"language", report.language},
          {"file", report.file},
          {"sha256", report.sha256},
          {"bytes", report.bytes},
          {"tree_size", report.tree_size},
          {"root", report.root},
          {"catalog", report.catalog_version},
          {"options", report.options}};
}

void reports_issued(Session& session, const std::string& known_at) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  log::Horizon horizon;
  horizon.known_entry = known_entry_of(session, log, catalog, known_at);
  horizon.simulated = catalog.simulated;
  const std::vector<log::LoggedReport> issued = log::issued_reports(log, horizon);
  nlohmann::json document = {{"reports", nlohmann::json::array()}, {"simulated", catalog.simulated}};
  for (const log::LoggedReport& each : issued) document["reports"].push_back(to_json(each));
  show(session, catalog, query::reports_table({catalog, session.language()}, issued), document, "reports");
}

}  // namespace

void add_reports(CLI::App& app, Session& session) {
  auto known_at = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("reports", "Which reports were issued: when, about what, with which digest");
  add_known_at(*command, *known_at);
  command->callback([known_at, &session] { reports_issued(session, *known_at); });
}

}  // namespace linkaudit::cli
