// Finds where a stretch of equal state began.
#pragma once

#include <optional>

#include "audit/law/link_history.h"

namespace linkaudit::law {

// When what `begin` holds was first seen, given that something else was the case until `bound`: not before that, even
// where a word that did not count until then had already been spoken.
Beginning first_seen(const Moment& begin, std::optional<Instant> bound);

// The beginning of the last stretch of `same` moments up to the one at `end`. Moments that are neither `same` nor
// `other` (nobody looked, sources disagreed) neither begin nor end anything.
template <typename Same, typename Other>
Beginning beginning(const std::vector<Moment>& moments, std::size_t end, Same same, Other other) {
  std::size_t begin = end;
  for (std::size_t index = end; index-- > 0;) {
    if (other(index)) return first_seen(moments[begin], moments[index + 1].at);
    if (same(index)) begin = index;
  }
  return first_seen(moments[begin], std::nullopt);
}

}  // namespace linkaudit::law
