// Where the evidence of the newest look stands until the next one.
#pragma once

#include <string>

#include "probes/observation.h"

namespace linkaudit::log {

// The slot's name: one for each link (or unlisted URL) in a context, as one source sees it at one tier.
std::string newest_slot(const probes::Observation& seen);

}  // namespace linkaudit::log
