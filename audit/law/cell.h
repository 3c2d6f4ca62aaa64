// The cells: what has been said of one link in one context, by tier and source, in order of time.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "audit/law/run.h"

namespace linkaudit::law {

using Source = std::vector<Run>;  // what one source said, in order of time

// The run in which the source said the same outcome when it spoke last before `run` begins, or beside it in the same
// instant; nothing when it said something else. Looks at the first `runs` runs, which begin no later.
const Run* said_before(const Source& source, std::size_t runs, const Run& run);

struct Cell {
  std::string_view link, context;
  std::array<std::vector<Source>, probes::kTiers.size()> tiers;  // by Tier: the best evidence first
  // By tier: from here on all is known that was said there; max() where too much was left out.
  std::array<Instant, probes::kTiers.size()> known_from = {Instant::min(), Instant::min(), Instant::min()};

  bool known(probes::Tier tier, Instant now) const { return known_from[static_cast<std::size_t>(tier)] <= now; }
  bool whole() const;  // nothing was left out

  const std::vector<Source>& at(probes::Tier tier) const { return tiers[static_cast<std::size_t>(tier)]; }
};

// Of the spans of one cell, at least one, each with something said at or before as-of. It points to them; they are put
// in order, so that the order they come in leaves no trace.
Cell cell_of(std::span<const Span*> spans, Instant as_of, const JudgementSettings& settings);

}  // namespace linkaudit::law
