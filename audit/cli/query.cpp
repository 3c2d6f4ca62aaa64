#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/log/record_json.h"
#include "reports/write.h"

namespace linkaudit::cli {
namespace {

struct Options {
  log::ObservationFilter filter;
  std::string since, until, as_of;
  std::int64_t limit = 0;
};

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

void query(Session& session, Options options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  if (!options.since.empty()) {
    const bool date_alone = law::parse_date(options.since).has_value();
    options.filter.since = date_alone ? law::start_of_day(*law::parse_date(options.since), catalog.zone)
                                      : session.instant("--since", options.since, catalog);
  }
  if (!options.until.empty()) options.filter.until = session.instant("--until", options.until, catalog);
  if (options.limit > 0) options.filter.limit = options.limit;
  const auto horizon = query::horizon_of(catalog, session.instant("--as-of", options.as_of, catalog));
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    print_observations(session, log, horizon, options.filter);
    return;
  }
  const bool wide = session.format() == Format::csv;
  const reports::Table table =
      query::observations_table({catalog, session.language()}, log, horizon, options.filter, wide);
  if (wide) {
    reports::print_csv(table, frame(session, catalog), session.out);
  } else {
    reports::print_text(table, frame(session, catalog), session.out);
  }
}

template <typename Values>
CLI::IsMember one_of(const Values& values) {
  std::vector<std::string> names;
  for (const auto value : values) names.emplace_back(name(value));
  return CLI::IsMember(names);
}

}  // namespace

void add_query(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("query", "Observations and attestations, filtered");
  log::ObservationFilter& filter = options->filter;
  command->add_option("--platform", filter.platform, "Only this platform")->type_name("ID");
  command->add_option("--link", filter.link, "Only this link")->type_name("ID");
  command->add_option("--context", filter.context, "Only this context")->type_name("ID");
  command->add_option("--outcome", filter.outcome, "Only this outcome")->check(one_of(probes::kOutcomes));
  command->add_option("--blame", filter.blame, "Only this blame")->check(one_of(probes::kBlames));
  command->add_option("--method", filter.method, "Only this method")->check(CLI::IsMember({"http", "attestation"}));
  command->add_option("--tier", filter.tier, "Only this tier")->check(one_of(probes::kTiers));
  command->add_option("--since", options->since, "Seen at or after this instant or date")->type_name("TIME");
  command->add_option("--until", options->until, "Seen at or before this instant or date")->type_name("TIME");
  command->add_option("--as-of", options->as_of, "As the log stood at this instant or date")->type_name("TIME");
  command->add_option("--limit", options->limit, "The newest so many")->check(CLI::PositiveNumber)->type_name("N");
  command->callback([options, &session] { query(session, *options); });
}

}  // namespace linkaudit::cli
