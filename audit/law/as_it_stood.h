// The law as it stood at an instant, to be applied at a later one: so that what time has changed of the law is told
// apart from what was seen meanwhile.
#pragma once

#include "audit/law/judge.h"

namespace linkaudit::law {

// Clauses that were in force then stay so, others do not come into force; waivers likewise. For instants at or after
// `then`.
Policy as_it_stood(Policy policy, Instant then);

}  // namespace linkaudit::law
