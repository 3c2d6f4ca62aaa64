// What a person types of what was seen.
#pragma once

#include <string>
#include <vector>

#include "probes/observation.h"

namespace linkaudit::run {

// Of an attestation: who, with what, why, and the facts; one whose name is that of a secret is one.
void mask_typed(probes::Observation& attestation, const std::vector<std::string>& parameters);

}  // namespace linkaudit::run
