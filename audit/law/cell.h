// The cells: what has been said of one link in one context, by tier and source, in order of time.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audit/law/run.h"

namespace linkaudit::law {

using Source = std::vector<Run>;  // what one source said, in order of time

struct Cell {
  std::array<std::vector<Source>, probes::kTiers.size()> tiers;  // by Tier: the best evidence first

  const std::vector<Source>& at(probes::Tier tier) const { return tiers[static_cast<std::size_t>(tier)]; }
};

// Every cell of which something has been said at or before as-of. Points into the spans, which must outlive it. The
// order of the spans does not matter.
class Cells {
 public:
  Cells(std::span<const Span> spans, Instant as_of, const JudgementSettings& settings);

  // Nothing when the cell has never been looked at.
  const Cell* find(std::string_view link, std::string_view context) const;

 private:
  struct Key {
    std::string_view link, context;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      const std::hash<std::string_view> hash;
      return hash(key.link) * 31 + hash(key.context);
    }
  };

  std::unordered_map<Key, Cell, Hash> cells_;
};

}  // namespace linkaudit::law
