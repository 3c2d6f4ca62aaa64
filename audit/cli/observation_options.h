// The filters of observations that several commands have.
#pragma once

#include <string>

#include "audit/cli/session.h"
#include "audit/log/read.h"

namespace CLI {
class App;
}

namespace linkaudit::cli {

struct ObservationOptions {
  log::ObservationFilter filter;  // without since, until and limit, until wanted() puts them in
  std::string since, until, as_of;
  std::int64_t limit = 0;
};

// Adds --platform, --link, --context, --outcome, --blame, --method, --tier, --since, --until, --as-of and --limit.
void add_observation_options(CLI::App& command, ObservationOptions& options);

struct WantedObservations {
  log::Horizon horizon;
  log::ObservationFilter filter;
};

// Throws Refused naming the option that is no instant.
WantedObservations wanted(const Session& session, const catalog::Catalog& catalog, const ObservationOptions& options);

}  // namespace linkaudit::cli
