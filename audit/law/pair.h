// From the links of a platform in a context to one finding.
#pragma once

#include <vector>

#include "audit/law/link_state.h"

namespace linkaudit::law {

// `links`: every link in the clause's scope, measured or not, none of them waived. Fills all but the names and the
// waiver; the clause is taken to be in force.
Finding finding_of(const std::vector<LinkState>& links, const Clause& clause, Instant as_of);

}  // namespace linkaudit::law
