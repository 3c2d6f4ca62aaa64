// From the links of a platform in a context to one finding.
#pragma once

#include <vector>

#include "audit/law/link_state.h"

namespace linkaudit::law {

// `links`: those in the clause's scope of which anything is known. Fills all but the names, the number of links and the
// waiver; the clause is taken to be in force.
Finding finding_of(const std::vector<LinkState>& links, const Clause& clause, Instant as_of);

}  // namespace linkaudit::law
