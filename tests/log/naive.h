// Spans as their definition says, with no thought for speed.
#pragma once

#include <vector>

#include "audit/log/read.h"

namespace linkaudit::log {

struct NumberedObservation {
  std::int64_t entry = 0;
  probes::Observation observation;
  std::int64_t taken_back_by = 0;  // the entry that did; 0: none
};

// Of all observations that a log holds, in any order; those of links that no catalog lists have no rows.
std::vector<SpanRow> naive_spans(std::vector<NumberedObservation> all, const Horizon& horizon);

}  // namespace linkaudit::log
