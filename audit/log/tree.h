// The Merkle tree of RFC 6962 section 2.1 over the records of all entries. Stored are the leaf hashes (with the
// entries) and every interior node whose subtree is full, numbered in the order in which they become full, so that
// storing them only ever appends.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "audit/log/hash.h"

namespace linkaudit::log {

Digest leaf_hash(Hasher& hasher, std::string_view record);
Digest node_hash(Hasher& hasher, const Digest& left, const Digest& right);
Digest empty_tree_hash(Hasher& hasher);

// A full subtree: it covers the 2^level leaves that begin at leaf index * 2^level (counted from 0). Level 0 is a leaf.
struct NodePlace {
  int level = 0;
  std::int64_t index = 0;

  bool operator==(const NodePlace&) const = default;
};

// Number, from 1, of the interior node (level >= 1) in the order of completion.
std::int64_t node_number(NodePlace place);
// How many interior nodes are full in a tree of so many leaves.
std::int64_t node_count(std::int64_t size);

// The full subtrees that make up a tree of this size, the largest (leftmost) first.
std::vector<NodePlace> peaks_of(std::int64_t size);

// Joins the hashes of peaks_of(size) into the root.
Digest root_of_peaks(Hasher& hasher, const std::vector<Digest>& peaks);

// A growing tree: its size and peaks, nothing else.
class CompactRange {
 public:
  CompactRange() = default;
  CompactRange(std::int64_t size, std::vector<Digest> peaks) : size_(size), peaks_(std::move(peaks)) {}

  std::int64_t size() const { return size_; }
  const std::vector<Digest>& peaks() const { return peaks_; }

  // Adds a leaf; hands over every interior node that becomes full by it, the lowest first.
  void add(Hasher& hasher, const Digest& leaf, const std::function<void(NodePlace, const Digest&)>& completed);

 private:
  std::int64_t size_ = 0;
  std::vector<Digest> peaks_;
};

}  // namespace linkaudit::log
