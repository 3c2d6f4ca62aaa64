// Where spans belong in a policy's lists.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::law {

// Small: there is one for each span.
struct PlacedSpan {
  const Span* span = nullptr;
  std::uint32_t platform = 0, link = 0;  // places in the policy's lists
};

// For each context of the policy its spans, those of a cell side by side, cells in the order of platforms, then links.
// What the policy does not list is left out, and what was not said yet at as-of. They point into the spans.
std::vector<std::vector<PlacedSpan>> placed_by_context(const Policy& policy, std::span<const Span> spans,
                                                       Instant as_of);

// Parts of some thousand spans each, no link in two of them: the histories of a part are a few MiB.
std::vector<std::span<const PlacedSpan>> parts_of(std::span<const PlacedSpan> spans);

}  // namespace linkaudit::law
