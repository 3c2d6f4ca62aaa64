// What the rules of a catalog make of what was seen before: the kept evidence judged again. Nothing is written.
#pragma once

#include <cstdint>
#include <functional>

#include "audit/catalog/catalog.h"
#include "audit/log/read.h"
#include "probes/classify.h"

namespace linkaudit::run {

struct Retested {
  std::int64_t entry = 0;
  probes::Observation before;
  probes::Observation after;  // the same look, judged anew
};

struct RetestCounts {
  std::int64_t tested = 0, changed = 0;
  std::int64_t not_kept = 0;  // could not be tested: their evidence is not in the log (any more)
};

// Tells `changed` of every observation by probe whose outcome, rule (with its version) or blame would be another.
// Attestations are a person's word and not tested.
RetestCounts retest(const catalog::Catalog& catalog, const log::Log& log, const log::Horizon& horizon,
                    const log::ObservationFilter& filter, const std::function<void(const Retested&)>& changed);

// Tells `differ` of every such observation that the rules of two catalogs judge otherwise, as each of them has it.
RetestCounts retest_by_two(const catalog::Catalog& from, const catalog::Catalog& to, const log::Log& log,
                           const log::Horizon& horizon,
                           const std::function<void(std::int64_t entry, const probes::Observation& from,
                                                    const probes::Observation& to)>& differ);

}  // namespace linkaudit::run
