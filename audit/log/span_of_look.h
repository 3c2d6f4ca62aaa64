// A look by itself as a span of one.
#pragma once

#include <cstdint>

#include "audit/log/read.h"
#include "probes/observation.h"

namespace linkaudit::log {

// The rule and the name of a failure stay empty: judging does not look at them.
SpanRow span_of_look(const probes::Observation& seen, std::int64_t entry);

}  // namespace linkaudit::log
