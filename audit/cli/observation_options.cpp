#include "audit/cli/observation_options.h"

#include <CLI/CLI.hpp>

#include "audit/cli/known_ids.h"
#include "audit/law/calendar.h"
#include "probes/outcome.h"

namespace linkaudit::cli {
namespace {

template <typename Values>
CLI::IsMember one_of(const Values& values) {
  std::vector<std::string> names;
  for (const auto value : values) names.emplace_back(name(value));
  return CLI::IsMember(names);
}

}  // namespace

void add_observation_filters(CLI::App& command, ObservationOptions& options) {
  log::ObservationFilter& filter = options.filter;
  command.add_option("--platform", filter.platform, "Only this platform")->type_name("ID");
  command.add_option("--link", filter.link, "Only this link")->type_name("ID");
  command.add_option("--context", filter.context, "Only this context")->type_name("ID");
  command.add_option("--outcome", filter.outcome, "Only this outcome")->check(one_of(probes::kOutcomes));
  command.add_option("--blame", filter.blame, "Only this blame")->check(one_of(probes::kBlames));
  command.add_option("--method", filter.method, "Only this method")->check(CLI::IsMember({"http", "attestation"}));
  command.add_option("--tier", filter.tier, "Only this tier")->check(one_of(probes::kTiers));
  command.add_option("--since", options.since, "Seen at or after this instant or date")->type_name("TIME");
  command.add_option("--until", options.until, "Seen at or before this instant or date")->type_name("TIME");
  command.add_option("--limit", options.limit, "The newest so many")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}))
      ->type_name("N");
}

void add_observation_options(CLI::App& command, ObservationOptions& options) {
  add_observation_filters(command, options);
  add_horizon_options(command, options.horizon, "As it was at this instant or date: what was seen later is left out");
}

WantedObservations wanted(const Session& session, const log::Log& log, const catalog::Catalog& catalog,
                          const ObservationOptions& options) {
  require_platform(catalog, options.filter.platform);
  require_context(catalog, options.filter.context);
  require_link(catalog, options.filter.link);
  WantedObservations wanted{horizon_of(session, log, catalog, options.horizon), options.filter};
  if (!options.since.empty()) {
    const auto date = law::parse_date(options.since);
    wanted.filter.since =
        date ? law::start_of_day(*date, catalog.zone) : session.instant("--since", options.since, catalog);
  }
  if (!options.until.empty()) wanted.filter.until = session.instant("--until", options.until, catalog);
  if (options.limit > 0) wanted.filter.limit = options.limit;
  return wanted;
}

}  // namespace linkaudit::cli
