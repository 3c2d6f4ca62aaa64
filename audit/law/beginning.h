// Since when a state has been seen.
#pragma once

#include <cstdint>
#include <optional>

#include "audit/law/link_history.h"

namespace linkaudit::law {

// When a state was first seen, and the entry that showed it.
struct Beginning {
  Instant since{};
  std::int64_t entry = 0;
};

// Of the outcome that holds, whatever any law says of it; of a dispute, when it broke out.
Beginning outcome_since(const LinkHistory& history);

// Does the history go back far enough for that? Always when nothing of it was left out.
bool tells_outcome_since(const LinkHistory& history);

// Of the outcome that holds at one tier, as the sources that still say so have seen it without a break. REQUIRES that
// somebody has spoken at that tier.
Beginning outcome_since(const LinkHistory& history, probes::Tier tier);

// When what the moment at `begin` holds was first seen by any of those who bear it out, given that something else was
// the case until `bound`: not before that, even where a word that did not count until then had already been spoken.
Beginning first_seen(const LinkHistory& history, std::size_t begin, std::optional<Instant> bound);

// Of the last stretch of `same` moments up to the one at `end`. Moments that are neither `same` nor `other` (nobody
// looked, sources disagreed) neither begin nor end anything.
template <typename Same, typename Other>
Beginning beginning(const LinkHistory& history, std::size_t end, Same same, Other other) {
  std::size_t begin = end;
  for (std::size_t index = end; index-- > 0;) {
    if (other(index)) return first_seen(history, begin, history.moments[index + 1].at);
    if (same(index)) begin = index;
  }
  return first_seen(history, begin, std::nullopt);
}

}  // namespace linkaudit::law
