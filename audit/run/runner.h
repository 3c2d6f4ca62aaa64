// One run: probes a plan and logs what was seen, in batches, so that a run that is killed loses little.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"
#include "audit/run/plan.h"
#include "probes/prober.h"

namespace linkaudit::run {

struct RunRequest {
  std::string trigger;   // due, all, demo
  std::string schedule;  // "" for several or none
};

// Told after each cell: how many are done of how many.
using Progress = std::function<void(std::size_t done, std::size_t of)>;

// Writes the catalog version if the log does not have it yet (one whose text was let go is there: see record_catalog),
// the observations and gaps, and last the run itself.
// Cells that a stop request leaves out become gaps `cancelled`. Throws log::LogError when the log cannot be written.
log::RunRecord execute(const catalog::Catalog& catalog, log::Log& log, const Plan& plan, const RunRequest& request,
                       const probes::NowFunction& now, const Progress& progress = {}, std::stop_token stop = {});

// Makes sure that the log holds this version of the catalog, so that its schedules count from here on.
void record_catalog(const catalog::Catalog& catalog, log::Log& log, Instant now);

}  // namespace linkaudit::run
