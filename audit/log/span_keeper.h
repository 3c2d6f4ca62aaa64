// Keeps the spans (runs of equal state of one stream) and each observation's place in its span, as if all observations
// had come in order of (at, entry), whatever order they come in.
#pragma once

#include "audit/log/connection.h"

namespace linkaudit::log {

struct SeenState {
  std::int64_t entry = 0;  // larger than that of every observation added before
  std::int64_t at = 0;     // ms
  std::int64_t stream = 0, state = 0;
  std::optional<std::int64_t> valid_days;
};

// Writes the row of `observation` and extends, begins or splits spans. Costs O(log n) for the newest observation of a
// stream, and by the length of the span behind it for a late one.
void add_to_spans(Connection& connection, const SeenState& seen);

}  // namespace linkaudit::log
