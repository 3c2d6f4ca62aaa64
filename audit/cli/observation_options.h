// The filters of observations that several commands have.
#pragma once

#include <string>

#include "audit/cli/horizon_options.h"
#include "audit/log/read.h"

namespace CLI {
class App;
}

namespace linkaudit::cli {

struct ObservationOptions {
  log::ObservationFilter filter;  // without since, until and limit, until wanted() puts them in
  std::string since, until;
  HorizonOptions horizon;
  std::int64_t limit = 0;
};

// Adds all but --as-of and --known-at.
void add_observation_filters(CLI::App& command, ObservationOptions& options);
// Adds --platform, --link, --context, --outcome, --blame, --method, --tier, --since, --until, --as-of, --known-at and
// --limit.
void add_observation_options(CLI::App& command, ObservationOptions& options);

struct WantedObservations {
  log::Horizon horizon;
  log::ObservationFilter filter;
};

// Throws Refused naming the option that does not fit.
WantedObservations wanted(const Session& session, const log::Log& log, const catalog::Catalog& catalog,
                          const ObservationOptions& options);

}  // namespace linkaudit::cli
