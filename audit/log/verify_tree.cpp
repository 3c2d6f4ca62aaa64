// Whose fault it is that a node of the tree does not fit.
#include <fmt/format.h>

#include "audit/log/verify.h"

namespace linkaudit::log {
namespace {

// Whether the stored node above is the hash of this one and of its stored neighbour: then the entries are those that
// the tree was made of, and what is stored at `place` alone is wrong.
bool fits_above(Log::State& state, NodePlace place, const Digest& hash) {
  try {
    const Digest beside = state.node({place.level, place.index ^ 1});
    const bool right = (place.index & 1) != 0;
    const Digest above = state.node({place.level + 1, place.index / 2});
    return node_hash(state.hasher, right ? beside : hash, right ? hash : beside) == above;
  } catch (const LogDamaged&) {
    return false;  // the tree does not reach there
  }
}

// The entry that would fit in the place of one of the two below a node of level 1.
std::string misfit_of_two(Log::State& state, std::int64_t first, const Digest& stored, const std::string& node) {
  const Digest leaves[] = {state.node({0, first - 1}), state.node({0, first})};
  Query row = state.connection.query("SELECT seq, leaf FROM entry ORDER BY seq");
  while (row.step()) {
    const auto leaf = digest_from_bytes(row.bytes(1));
    const std::int64_t other = row.integer(0);
    if (!leaf || other == first || other == first + 1) continue;
    const bool as_first = node_hash(state.hasher, *leaf, leaves[1]) == stored;
    if (as_first || node_hash(state.hasher, leaves[0], *leaf) == stored) {
      return fmt::format("entry {} is not what it was: what is now entry {} stood there", as_first ? first : first + 1,
                         other);
    }
  }
  if (node_hash(state.hasher, leaves[1], leaves[0]) == stored) {
    return fmt::format("entry {} is not what it was: what is now entry {} stood there", first, first + 1);
  }
  return fmt::format("entry {} or {} is not what it was: {} is not the hash of the two", first, first + 1, node);
}

}  // namespace

std::string misfit_under(Log::State& state, NodePlace place, const Digest& hash) {
  const std::string node =
      fmt::format("tree node {} (level {}, index {})", node_number(place), place.level, place.index);
  Digest stored{};
  try {
    stored = state.node(place);
  } catch (const LogDamaged&) {
    return node + " is missing";
  }
  if (fits_above(state, place, hash)) return node + " is not the hash of the two below it";
  const std::int64_t width = std::int64_t{1} << place.level, first = place.index * width + 1;
  if (place.level == 1) return misfit_of_two(state, first, stored, node);
  return fmt::format("among the entries {} to {} one is not what it was, or {} over them is not", first,
                     first + width - 1, node);
}

}  // namespace linkaudit::log
