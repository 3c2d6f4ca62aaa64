#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/observation_options.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/log/record_json.h"
#include "reports/write.h"

namespace linkaudit::cli {
namespace {

// Streamed: one observation at a time, whatever the length of the log.
void print_observations(const Session& session, const log::Log& log, const log::Horizon& horizon,
                        const log::ObservationFilter& filter) {
  const bool lines = session.format() == Format::ndjson;
  if (!lines) session.out << "{\"observations\": [";
  bool first = true;
  log::for_each_observation(log, horizon, filter, [&](const log::LoggedObservation& logged) {
    if (!lines) session.out << (first ? "\n" : ",\n");
    first = false;
    session.out << log::to_json(logged.observation, logged.entry)
                       .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (lines) session.out << '\n';
    return bool(session.out);
  });
  if (!lines) session.out << "\n]}\n";
}

void query(Session& session, const ObservationOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const auto [horizon, filter] = wanted(session, log, catalog, options);
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    print_observations(session, log, horizon, filter);
    return;
  }
  const bool wide = session.format() == Format::csv;
  const reports::Table table =
      query::observations_table({catalog, session.language()}, log, horizon, filter, wide);
  if (wide) {
    reports::print_csv(table, frame(session, catalog), session.out);
  } else {
    reports::print_text(table, frame(session, catalog), session.out);
  }
}

}  // namespace

void add_query(CLI::App& app, Session& session) {
  auto options = std::make_shared<ObservationOptions>();
  CLI::App* command = app.add_subcommand("query", "Observations and attestations, filtered");
  add_observation_options(*command, *options);
  command->callback([options, &session] { query(session, *options); });
}

}  // namespace linkaudit::cli
