// Days, counted in a clause's zone: how long a breach lasts, and on how many of those days nobody was looking.
#pragma once

#include <vector>

#include "audit/law/link_state.h"

namespace linkaudit::law {

// The day before the first that counts: the effective date, or, when the clause had been met since then, the day on
// which the present breach was first seen. REQUIRES state.is(breached).
Date overdue_from(const LinkState& state, const Clause& clause);

// Of the days after `from` up to that of as-of, those on which no word of any of the links was fresh at any time.
int unmeasured_days(const std::vector<const LinkState*>& links, const Date& from, Instant as_of,
                    const std::string& zone);

}  // namespace linkaudit::law
