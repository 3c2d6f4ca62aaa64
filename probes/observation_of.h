// Puts together what is kept of one cell.
#pragma once

#include "probes/classify.h"
#include "probes/looks.h"
#include "probes/prober.h"

namespace linkaudit::probes {

// `platform` may be "" (unknown), whatever the link says.
Observation observation_of(const Target& target, const std::string& platform, const ProberSettings& settings,
                           const LegSeen& context, const LegSeen& control, const Judged& judged);

}  // namespace linkaudit::probes
