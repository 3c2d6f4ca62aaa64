// Takes an observation out of its span, as if it had never been seen.
#pragma once

#include "audit/log/connection.h"

namespace linkaudit::log {

// Shortens or removes its span, joining the two beside it when they show the same; the observation keeps its row, with
// no place in any span (nth 0). Costs by the length of the span behind it. REQUIRES that it has a place.
void take_from_spans(Connection& connection, std::int64_t entry);

}  // namespace linkaudit::log
