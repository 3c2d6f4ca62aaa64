#include "audit/log/tree.h"

#include <bit>

namespace linkaudit::log {
namespace {

int ones(std::int64_t number) {
  return std::popcount(static_cast<std::uint64_t>(number));
}

}  // namespace

Digest leaf_hash(Hasher& hasher, std::string_view record) {
  return hasher({std::string_view("\0", 1), record});
}

Digest node_hash(Hasher& hasher, const Digest& left, const Digest& right) {
  return hasher({std::string_view("\1", 1), bytes_of(left), bytes_of(right)});
}

Digest empty_tree_hash(Hasher& hasher) {
  return hasher(std::string_view());
}

std::int64_t node_count(std::int64_t size) {
  return size - ones(size);
}

std::int64_t node_number(NodePlace place) {
  const std::int64_t completing_leaf = (place.index + 1) << place.level;
  return node_count(completing_leaf - 1) + place.level;
}

std::vector<NodePlace> peaks_of(std::int64_t size) {
  std::vector<NodePlace> peaks;
  std::int64_t begin = 0;
  for (int level = 62; level >= 0; --level) {
    const std::int64_t width = std::int64_t{1} << level;
    if ((size & width) == 0) continue;
    peaks.push_back({level, begin >> level});
    begin += width;
  }
  return peaks;
}

Digest root_of_peaks(Hasher& hasher, const std::vector<Digest>& peaks) {
  if (peaks.empty()) return empty_tree_hash(hasher);
  Digest root = peaks.back();
  for (std::size_t i = peaks.size() - 1; i-- > 0;) root = node_hash(hasher, peaks[i], root);
  return root;
}

void CompactRange::add(Hasher& hasher, const Digest& leaf,
                       const std::function<void(NodePlace, const Digest&)>& completed) {
  Digest hash = leaf;
  for (int level = 0; ((size_ >> level) & 1) != 0; ++level) {
    hash = node_hash(hasher, peaks_.back(), hash);
    peaks_.pop_back();
    completed({level + 1, size_ >> (level + 1)}, hash);
  }
  peaks_.push_back(hash);
  ++size_;
}

}  // namespace linkaudit::log
