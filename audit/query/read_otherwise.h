// Facts under other rules: some observations read otherwise than they were when they were recorded.
#pragma once

#include <vector>

#include "audit/query/diff.h"

namespace linkaudit::query {

// `facts`, which are spans_at() the horizon, with those observations as `reading` has them.
Spans read_otherwise(const log::Log& log, const log::Horizon& horizon, Spans facts,
                     const std::vector<ReadTwice>& observations, probes::Observation ReadTwice::*reading);

}  // namespace linkaudit::query
