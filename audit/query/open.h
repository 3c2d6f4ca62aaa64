// What findings leave open: the to-do list of whoever answers for compliance.
#pragma once

#include <string_view>
#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::query {

enum class OpenReason {
  disputed,      // two sources say different things
  contradicted,  // by newer evidence of a lower tier
  soft,          // a network failure that waits to be seen again
  stale,         // known once, and nobody has looked for too long
  unmeasured,    // nobody has ever looked
};

std::string_view name(OpenReason reason);

// In that order; empty for what is settled, and for what no clause asks at that time.
std::vector<OpenReason> open_reasons(const law::Finding& finding);

}  // namespace linkaudit::query
