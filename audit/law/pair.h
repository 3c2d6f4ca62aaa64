// From the links of a platform in a context to one finding.
#pragma once

#include "audit/law/decision.h"

namespace linkaudit::law {

// `known`: the links in the clause's scope of which anything is known. Fills all but the names, the number of links and
// the waiver; the clause is taken to be in force.
Finding finding_of(const Links& known, const Clause& clause, Instant as_of, Detail detail);

}  // namespace linkaudit::law
