// Proofs over the Merkle tree, for those who hold a root and not the log: that an entry is in it, and that one tree is
// the beginning of another. Made as in RFC 6962 section 2.1.1 and 2.1.2, checked as in RFC 9162 section 2.1.3.2 and
// 2.1.4.2. Pure; the cost grows with the logarithm of the size.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "audit/log/tree.h"

namespace linkaudit::log {

using Proof = std::vector<Digest>;

// Gives the hash of a full subtree; those asked for lie within the size that was given.
using NodeHash = std::function<Digest(NodePlace)>;

// That the leaf at `index` (from 0) is in the tree of `size` leaves; index < size.
Proof inclusion_proof(Hasher& hasher, std::int64_t index, std::int64_t size, const NodeHash& node);

// That the tree of `old_size` leaves is the beginning of the tree of `size`; 0 <= old_size <= size. Empty for 0 and
// size.
Proof consistency_proof(Hasher& hasher, std::int64_t old_size, std::int64_t size, const NodeHash& node);

// The root that a proof leads to; nothing when it has not the form of one for this place.
std::optional<Digest> root_by_inclusion(Hasher& hasher, const Digest& leaf, std::int64_t index, std::int64_t size,
                                        const Proof& proof);

bool proves_consistency(Hasher& hasher, std::int64_t old_size, const Digest& old_root, std::int64_t size,
                        const Digest& root, const Proof& proof);

}  // namespace linkaudit::log
