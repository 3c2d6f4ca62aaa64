// One run: probes a plan and logs what was seen, in batches, so that a run that is killed loses little.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"
#include "audit/run/era_change.h"
#include "audit/run/plan.h"
#include "probes/prober.h"

namespace linkaudit::run {

struct RunRequest {
  std::string trigger;   // due, all, demo
  std::string schedule;  // "" for several or none
  // Told when the looks have ended: what came due meanwhile and will not happen. None when left out.
  std::function<Plan(Instant ended)> overlapped = {};
};

// Told after each cell: how many are done of how many.
using Progress = std::function<void(std::size_t done, std::size_t of)>;

// Looks at targets as probes::probe does, which it is but in tests. While `full` says so, no new request is begun.
using ProbeFunction = std::function<void(std::span<const probes::Target> targets, const probes::NowFunction& now,
                                         const probes::ProbeSink& sink, std::stop_token stop,
                                         const std::function<bool()>& full)>;
// The catalog must outlive it.
ProbeFunction prober_of(const catalog::Catalog& catalog);

// Writes the catalog version if the log does not have it yet (one whose text was let go is there: see record_catalog),
// the observations and gaps, and last the run itself.
// Cells that a stop request leaves out become gaps `cancelled`. Throws log::LogError when the log cannot be written.
log::RunRecord execute(const catalog::Catalog& catalog, log::Log& log, const Plan& plan, const RunRequest& request,
                       const probes::NowFunction& now, const Progress& progress = {}, std::stop_token stop = {});
log::RunRecord execute(const catalog::Catalog& catalog, log::Log& log, const Plan& plan, const RunRequest& request,
                       const probes::NowFunction& now, const Progress& progress, std::stop_token stop,
                       const ProbeFunction& prober);

}  // namespace linkaudit::run
