#include "audit/log/proof.h"

#include <gtest/gtest.h>

#include <span>

namespace linkaudit::log {
namespace {

// A tree by the words of RFC 6962 section 2.1, slowly.
class NaiveTree {
 public:
  explicit NaiveTree(std::int64_t size) {
    for (std::int64_t i = 0; i < size; ++i) leaves_.push_back(leaf_hash(hasher_, "leaf " + std::to_string(i)));
  }

  const Digest& leaf(std::int64_t index) const { return leaves_[static_cast<std::size_t>(index)]; }
  Digest root(std::int64_t size) { return hash(all(size)); }
  Digest node(NodePlace place) {
    const std::size_t width = std::size_t{1} << place.level;
    return hash(std::span(leaves_).subspan(static_cast<std::size_t>(place.index) * width, width));
  }
  Proof path(std::int64_t index, std::int64_t size) { return path(static_cast<std::size_t>(index), all(size)); }
  Proof consistency(std::int64_t old_size, std::int64_t size) {
    return subproof(static_cast<std::size_t>(old_size), all(size), true);
  }

 private:
  using Leaves = std::span<const Digest>;

  Leaves all(std::int64_t size) const { return Leaves(leaves_).first(static_cast<std::size_t>(size)); }

  static std::size_t split(std::size_t size) {
    std::size_t k = 1;
    while (2 * k < size) k *= 2;
    return k;
  }

  Digest hash(Leaves leaves) {
    if (leaves.empty()) return empty_tree_hash(hasher_);
    if (leaves.size() == 1) return leaves.front();
    const std::size_t k = split(leaves.size());
    return node_hash(hasher_, hash(leaves.first(k)), hash(leaves.subspan(k)));
  }

  Proof path(std::size_t m, Leaves leaves) {
    if (leaves.size() == 1) return {};
    const std::size_t k = split(leaves.size());
    Proof proof = m < k ? path(m, leaves.first(k)) : path(m - k, leaves.subspan(k));
    proof.push_back(hash(m < k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
  }

  Proof subproof(std::size_t m, Leaves leaves, bool whole) {
    if (m == leaves.size()) return whole ? Proof() : Proof{hash(leaves)};
    const std::size_t k = split(leaves.size());
    Proof proof = m <= k ? subproof(m, leaves.first(k), whole) : subproof(m - k, leaves.subspan(k), false);
    proof.push_back(hash(m <= k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
  }

  Hasher hasher_;
  std::vector<Digest> leaves_;
};

constexpr std::int64_t kMost = 66;  // past a power of two

class Proofs : public testing::Test {
 protected:
  NaiveTree tree_{kMost};
  Hasher hasher_;
  NodeHash node_ = [this](NodePlace place) { return tree_.node(place); };
};

TEST_F(Proofs, OfInclusionAreThoseOfRfc6962AndLeadToTheRoot) {
  for (std::int64_t size = 1; size <= kMost; ++size) {
    for (std::int64_t index = 0; index < size; ++index) {
      const Proof proof = inclusion_proof(hasher_, index, size, node_);
      ASSERT_EQ(proof, tree_.path(index, size)) << index << " of " << size;
      ASSERT_EQ(root_by_inclusion(hasher_, tree_.leaf(index), index, size, proof), tree_.root(size));
    }
  }
}

TEST_F(Proofs, OfConsistencyAreThoseOfRfc6962AndHold) {
  for (std::int64_t size = 0; size <= kMost; ++size) {
    for (std::int64_t old_size = 0; old_size <= size; ++old_size) {
      const Proof proof = consistency_proof(hasher_, old_size, size, node_);
      if (old_size > 0) {
        ASSERT_EQ(proof, tree_.consistency(old_size, size)) << old_size << " of " << size;
      }
      ASSERT_TRUE(proves_consistency(hasher_, old_size, tree_.root(old_size), size, tree_.root(size), proof))
          << old_size << " of " << size;
    }
  }
}

// Anything changed in what is given makes a proof worthless.
TEST_F(Proofs, OfInclusionThatWereTamperedWithDoNotLeadToTheRoot) {
  constexpr std::int64_t kSize = 37;
  for (std::int64_t index = 0; index < kSize; ++index) {
    const Proof proof = inclusion_proof(hasher_, index, kSize, node_);
    const Digest root = tree_.root(kSize), leaf = tree_.leaf(index);
    for (std::size_t i = 0; i < proof.size(); ++i) {
      Proof other = proof;
      other[i][0] ^= 1U;
      EXPECT_NE(root_by_inclusion(hasher_, leaf, index, kSize, other), root);
      other = proof;
      other.erase(other.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_NE(root_by_inclusion(hasher_, leaf, index, kSize, other), root);
    }
    Proof longer = proof;
    longer.push_back(root);
    EXPECT_EQ(root_by_inclusion(hasher_, leaf, index, kSize, longer), std::nullopt);
    EXPECT_NE(root_by_inclusion(hasher_, leaf, (index + 1) % kSize, kSize, proof), root);
  }
  EXPECT_EQ(root_by_inclusion(hasher_, tree_.leaf(0), 5, 5, {}), std::nullopt);
  EXPECT_EQ(root_by_inclusion(hasher_, tree_.leaf(0), -1, 5, {}), std::nullopt);
}

TEST_F(Proofs, OfConsistencyThatWereTamperedWithDoNotHold) {
  constexpr std::int64_t kSize = 37;
  const Digest root = tree_.root(kSize);
  for (std::int64_t old_size = 1; old_size < kSize; ++old_size) {
    const Digest old_root = tree_.root(old_size);
    const Proof proof = consistency_proof(hasher_, old_size, kSize, node_);
    const auto holds = [&](const Digest& from, const Digest& to, const Proof& by) {
      return proves_consistency(hasher_, old_size, from, kSize, to, by);
    };
    ASSERT_TRUE(holds(old_root, root, proof));
    for (std::size_t i = 0; i < proof.size(); ++i) {
      Proof other = proof;
      other[i][31] ^= 1U;
      EXPECT_FALSE(holds(old_root, root, other)) << old_size;
      other = proof;
      other.erase(other.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(holds(old_root, root, other)) << old_size;
    }
    Proof longer = proof;
    longer.push_back(root);
    EXPECT_FALSE(holds(old_root, root, longer)) << old_size;
    EXPECT_FALSE(holds(root, root, proof)) << old_size;
    EXPECT_FALSE(holds(old_root, old_root, proof)) << old_size;
    EXPECT_FALSE(holds(old_root, root, {})) << old_size;
  }
  EXPECT_FALSE(proves_consistency(hasher_, kSize, root, kSize - 1, tree_.root(kSize - 1), {}));
  EXPECT_FALSE(proves_consistency(hasher_, 0, root, kSize, root, {}));
}

}  // namespace
}  // namespace linkaudit::log
