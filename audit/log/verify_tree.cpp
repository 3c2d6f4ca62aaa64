// Whose fault it is that a node of the tree does not fit.
#include <fmt/format.h>

#include "audit/log/checkpoint.h"
#include "audit/log/signed_note.h"
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
std::optional<std::string> swapped_of_two(Log::State& state, std::int64_t first, const Digest& stored) {
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
  return std::nullopt;
}

struct Entries {
  std::int64_t first = 0, last = 0;
};

// What the tree was when it had so many entries, by those that are there now.
Digest root_now(Log::State& state, std::int64_t size) {
  std::vector<Digest> peaks;
  for (const NodePlace place : peaks_of(size)) peaks.push_back(state.node(place));
  return root_of_peaks(state.hasher, peaks);
}

// What a checkpoint covers that fits is right; one that does not has the misfit among its entries.
Entries narrowed_by_checkpoints(Log::State& state, Entries among) {
  Query row = state.connection.query("SELECT size, note FROM checkpoint WHERE size >= ? AND size < ? ORDER BY size");
  for (row.with(among.first, among.last); row.step();) {
    const auto note = signed_note_from(row.text(1));
    const auto checkpoint = note ? checkpoint_from(note->text) : std::nullopt;
    if (!checkpoint || checkpoint->size != row.integer(0)) continue;
    if (root_now(state, checkpoint->size) != checkpoint->root) return {among.first, checkpoint->size};
    among.first = checkpoint->size + 1;
  }
  return among;
}

// The only one of them that was seen at another instant by what was made of it when it was written.
Entries narrowed_by_projections(Log::State& state, Entries among) {
  Query row = state.connection.query(
      "SELECT e.seq FROM entry AS e LEFT JOIN observation AS o ON o.entry = e.seq LEFT JOIN gap AS g ON g.entry = "
      "e.seq "
      "LEFT JOIN run AS r ON r.entry = e.seq LEFT JOIN catalog AS c ON c.entry = e.seq "
      "LEFT JOIN annotation AS a ON a.entry = e.seq LEFT JOIN waiver AS w ON w.entry = e.seq "
      "LEFT JOIN remark AS k ON k.entry = e.seq LEFT JOIN report AS p ON p.entry = e.seq "
      "WHERE e.seq BETWEEN ? AND ? AND e.at IS NOT coalesce(o.at, g.at, r.at, c.at, a.at, w.at, k.at, p.at) LIMIT 2");
  if (!row.with(among.first, among.last).step()) return among;
  const std::int64_t only = row.integer(0);
  return row.step() ? among : Entries{only, only};
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
  if (place.level == 1) {
    if (auto swapped = swapped_of_two(state, first, stored)) return *swapped;
  }
  Entries among = narrowed_by_checkpoints(state, {first, first + width - 1});
  if (among.first < among.last) among = narrowed_by_projections(state, among);
  if (among.first == among.last) {
    return fmt::format("entry {} is not what it was: {} over the entries {} to {} is not their hash", among.first, node,
                       first, first + width - 1);
  }
  if (place.level == 1) {
    return fmt::format("entry {} or {} is not what it was: {} is not the hash of the two", first, first + 1, node);
  }
  return fmt::format("among the entries {} to {} one is not what it was, or {} over them is not", among.first,
                     among.last, node);
}

}  // namespace linkaudit::log
