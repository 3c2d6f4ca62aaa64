// What newer evidence at a lower tier says against the word that wins.
#pragma once

#include <optional>

#include "audit/law/link_state.h"

namespace linkaudit::law {

// Of the highest lower tier whose fresh, hard, undisputed state was first seen after the winner's word and differs from
// it in whether it satisfies the clause. Nothing when the winner is itself in doubt.
std::optional<Contradiction> contradiction(const LinkState& link);

}  // namespace linkaudit::law
