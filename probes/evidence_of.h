// From what was fetched to what is kept of it.
#pragma once

#include <chrono>
#include <string>

#include "probes/evidence.h"
#include "probes/exchange.h"

namespace linkaudit::probes {

// Takes the bytes out of the leg. Instant `at` and `now` are the same moment on both clocks; `last_body_sha256` is the
// digest of the last exchange's decoded body where it is known already, else "".
LegEvidence take_evidence(LegResult& leg, Instant at, std::chrono::steady_clock::time_point now,
                          const std::string& last_body_sha256);

}  // namespace linkaudit::probes
