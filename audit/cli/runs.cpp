#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/query/as_json.h"

namespace linkaudit::cli {
namespace {

nlohmann::json to_json(const log::LoggedRun& row) {
  nlohmann::json gaps = nlohmann::json::object();
  for (const auto& [reason, count] : row.run.gaps) gaps[reason] = count;
  return {{"entry", row.entry},
          {"at", law::format_instant(row.run.at, "UTC")},
          {"ended", law::format_instant(row.run.ended, "UTC")},
          {"trigger", row.run.trigger},
          {"schedule", row.run.schedule.empty() ? nlohmann::json(nullptr) : nlohmann::json(row.run.schedule)},
          {"vantage", row.run.vantage},
          {"planned", row.run.planned},
          {"observed", row.run.observed},
          {"gaps", gaps},
          {"catalog", row.run.catalog_version}};
}

void runs(Session& session, const std::string& as_of) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const auto horizon = query::horizon_of(catalog, session.instant("--as-of", as_of, catalog));
  nlohmann::json document = {{"accounting", query::to_json(query::account(log, horizon))},
                             {"runs", nlohmann::json::array()},
                             {"simulated", catalog.simulated}};
  for (const log::LoggedRun& row : log::runs(log, horizon)) document["runs"].push_back(to_json(row));
  show(session, catalog, query::runs_table({catalog, session.language()}, log, horizon), document, "runs");
}

}  // namespace

void add_runs(CLI::App& app, Session& session) {
  auto as_of = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("runs", "Each run: planned = observed + gaps");
  command->add_option("--as-of", *as_of, "Up to this instant or date; now when left out")->type_name("TIME");
  command->callback([as_of, &session] { runs(session, *as_of); });
}

}  // namespace linkaudit::cli
