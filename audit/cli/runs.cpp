#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/horizon_options.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/query/as_json.h"
#include "audit/query/cover.h"
#include "reports/write.h"

namespace linkaudit::cli {
namespace {

nlohmann::json to_json(const log::LoggedRun& row) {
  nlohmann::json gaps = nlohmann::json::object();
  for (const auto& [reason, count] : row.run.gaps) gaps[reason] = count;
  return {{"entry", row.entry},
          {"at", law::format_instant(row.run.at, "UTC")},
          {"ended", law::format_instant(row.run.ended, "UTC")},
          {"duration_s", std::chrono::duration<double>(row.run.ended - row.run.at).count()},
          {"trigger", row.run.trigger},
          {"schedule", row.run.schedule.empty() ? nlohmann::json(nullptr) : nlohmann::json(row.run.schedule)},
          {"vantage", row.run.vantage},
          {"planned", row.run.planned},
          {"observed", row.run.observed},
          {"gaps", gaps},
          {"catalog", row.run.catalog_version}};
}

struct RunsOptions {
  HorizonOptions horizon;
  std::string since, by = "month";
};

std::optional<probes::Instant> begin_of(const Session& session, const std::string& since,
                                        const catalog::Catalog& catalog) {
  if (since.empty()) return std::nullopt;
  const auto date = law::parse_date(since);
  return date ? law::start_of_day(*date, catalog.zone) : session.instant("--since", since, catalog);
}

void runs(Session& session, const RunsOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const log::Horizon horizon = horizon_of(session, log, catalog, options.horizon);
  const std::optional<probes::Instant> since = begin_of(session, options.since, catalog);
  const auto length = options.by == "day" ? query::PeriodLength::day : query::PeriodLength::month;
  const query::Reader reader{catalog, session.language()};
  const query::Accounting accounting = query::account(log, horizon, since);
  const auto periods = query::account_by_period(log, horizon, since, length, catalog.zone);
  nlohmann::json document = {{"accounting", query::to_json(accounting)},
                             {"periods", nlohmann::json::array()},
                             {"runs", nlohmann::json::array()},
                             {"simulated", catalog.simulated}};
  for (const query::Period& period : periods) document["periods"].push_back(query::to_json(period));
  for (const log::LoggedRun& row : log::runs(log, horizon)) {
    if (!since || row.run.at >= *since) document["runs"].push_back(to_json(row));
  }
  show(session, catalog, query::runs_table(reader, log, horizon, since), document, "runs");
  if (session.format() != Format::text) return;
  session.out << '\n';
  reports::print_text(query::periods_table(reader, periods), frame(session, catalog), session.out);
  session.out << '\n' << query::accounting_in_words(reader, accounting) << '\n';
}

}  // namespace

void add_runs(CLI::App& app, Session& session) {
  auto options = std::make_shared<RunsOptions>();
  CLI::App* command = app.add_subcommand("runs", "Each run, and each period: planned = observed + gaps");
  add_horizon_options(*command, options->horizon, "Up to this instant or date; now when left out");
  command->add_option("--since", options->since, "From this instant, or the begin of this date, on")->type_name("TIME");
  command->add_option("--by", options->by, "Periods: day or month, of the catalog's zone; month when left out")
      ->check(CLI::IsMember({"day", "month"}));
  command->callback([options, &session] { runs(session, *options); });
}

}  // namespace linkaudit::cli
