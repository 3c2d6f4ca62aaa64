// Which of a pair's links decide its status, and which of them is shown.
#pragma once

#include <vector>

#include "audit/law/link_state.h"

namespace linkaudit::law {

using Links = std::vector<const LinkState*>;

struct Decision {
  Status status = Status::undetermined;
  bool disputed = false, stale = false;
  Links links;  // it rests on these
};

// `known`: the links of which anything is known, in the catalog's order. The first of these that applies: breached if
// any link is; disputed if any is; undetermined if a breach of any was never cured, and stale if nobody looks at it any
// more; undetermined and stale if none is fresh; met if at least one meets the clause.
Decision decide(const Links& known);

// The link whose outcome, steps, tier and blame are shown; REQUIRES that `known` is not empty. Of the fresh links the
// worst, whatever decided; of a dispute or of stale links, the worst of what was last known. A breach shows one of the
// links that it rests on, the confirmed before the suspected: never a refusal by somebody who is not bound.
const LinkState& shown(const Decision& decision, const Links& known, const Clause& clause);

}  // namespace linkaudit::law
