// Facts under other rules: some observations read otherwise than they were when they were recorded.
#pragma once

#include <vector>

#include "audit/query/diff.h"

namespace linkaudit::query {

// `facts`, which are spans_at() the horizon, with those observations as `reading` has them.
std::vector<law::Span> read_otherwise(const log::Log& log, const log::Horizon& horizon, std::vector<law::Span> facts,
                                      const std::vector<ReadTwice>& observations,
                                      probes::Observation ReadTwice::*reading);

}  // namespace linkaudit::query
