// The finding of a bundle made anew from what is in it.
#pragma once

#include <nlohmann/json.hpp>

#include "audit/bundle/parts.h"

namespace linkaudit::bundle {

// Judges the spans that finding.json is based on, whose first and last looks were proved before, by catalog.yaml. How
// many looks lay between them is taken as it says. `document`: finding.json. Throws Misfit naming the first member that
// comes out otherwise.
void require_same_judgement(const Parts& parts, const nlohmann::json& document);

}  // namespace linkaudit::bundle
