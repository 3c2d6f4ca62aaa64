#include "audit/log/proof.h"

#include <algorithm>
#include <bit>

namespace linkaudit::log {
namespace {

// Leaves [begin, end) of a tree: a subtree that RFC 6962 divides at the largest power of two below its width.
struct Range {
  std::int64_t begin = 0, end = 0;

  std::int64_t width() const { return end - begin; }
  std::int64_t middle() const {
    return begin + static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(width() - 1)));
  }
};

Digest hash_of(Hasher& hasher, Range range, const NodeHash& node) {
  std::vector<Digest> peaks;
  for (NodePlace place : peaks_of(range.width())) {
    place.index += range.begin >> place.level;
    peaks.push_back(node(place));
  }
  return root_of_peaks(hasher, peaks);
}

}  // namespace

Proof inclusion_proof(Hasher& hasher, std::int64_t index, std::int64_t size, const NodeHash& node) {
  Proof proof;
  for (Range range{0, size}; range.width() > 1;) {
    const std::int64_t middle = range.middle();
    const Range left{range.begin, middle}, right{middle, range.end};
    const bool in_left = index < middle;
    proof.push_back(hash_of(hasher, in_left ? right : left, node));
    range = in_left ? left : right;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Proof consistency_proof(Hasher& hasher, std::int64_t old_size, std::int64_t size, const NodeHash& node) {
  Proof proof;
  if (old_size == 0 || old_size == size) return proof;
  Range range{0, size};
  bool whole = true;  // the old tree is all of what lies left of here, so its own root stands for it
  while (range.end != old_size) {
    const std::int64_t middle = range.middle();
    const Range left{range.begin, middle}, right{middle, range.end};
    const bool in_left = old_size <= middle;
    proof.push_back(hash_of(hasher, in_left ? right : left, node));
    whole = whole && in_left;
    range = in_left ? left : right;
  }
  if (!whole) proof.push_back(hash_of(hasher, range, node));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

std::optional<Digest> root_by_inclusion(Hasher& hasher, const Digest& leaf, std::int64_t index, std::int64_t size,
                                        const Proof& proof) {
  if (index < 0 || index >= size) return std::nullopt;
  std::int64_t place = index, last = size - 1;
  Digest hash = leaf;
  for (const Digest& sibling : proof) {
    if (last == 0) return std::nullopt;
    if ((place & 1) != 0 || place == last) {
      hash = node_hash(hasher, sibling, hash);
      while ((place & 1) == 0 && place != 0) place >>= 1, last >>= 1;
    } else {
      hash = node_hash(hasher, hash, sibling);
    }
    place >>= 1;
    last >>= 1;
  }
  if (last != 0) return std::nullopt;
  return hash;
}

bool proves_consistency(Hasher& hasher, std::int64_t old_size, const Digest& old_root, std::int64_t size,
                        const Digest& root, const Proof& proof) {
  if (old_size < 0 || old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == empty_tree_hash(hasher);
  std::int64_t place = old_size - 1, last = size - 1;
  while ((place & 1) != 0) place >>= 1, last >>= 1;
  std::size_t next = 0;
  Digest old_hash = old_root;  // where the old tree is full, its root begins the proof unsaid
  if (!std::has_single_bit(static_cast<std::uint64_t>(old_size))) {
    if (proof.empty()) return false;
    old_hash = proof[next++];
  }
  Digest hash = old_hash;
  for (; next < proof.size(); ++next) {
    if (last == 0) return false;
    if ((place & 1) != 0 || place == last) {
      old_hash = node_hash(hasher, proof[next], old_hash);
      hash = node_hash(hasher, proof[next], hash);
      while ((place & 1) == 0 && place != 0) place >>= 1, last >>= 1;
    } else {
      hash = node_hash(hasher, hash, proof[next]);
    }
    place >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && hash == root;
}

}  // namespace linkaudit::log
