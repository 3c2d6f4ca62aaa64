// catalog test.
#pragma once

#include "audit/cli/observation_options.h"

namespace linkaudit::cli {

// Judges the kept evidence again by the rules of the catalog in force, and shows what would be another.
void retest(Session& session, const ObservationOptions& options);

}  // namespace linkaudit::cli
