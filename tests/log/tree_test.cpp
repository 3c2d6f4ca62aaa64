#include "audit/log/tree.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/log/case_file.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

// The leaves and roots that the reference implementations of RFC 6962 share.
const std::vector<std::string> kLeaves = {
    std::string(),
    std::string("\0", 1),
    "\x10",
    "\x20\x21",
    "\x30\x31",
    "\x40\x41\x42\x43",
    "\x50\x51\x52\x53\x54\x55\x56\x57",
    "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
};
constexpr const char* kRoots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

// RFC 6962 section 2.1, word for word.
Digest naive_root(Hasher& hasher, std::span<const Digest> leaves) {
  if (leaves.empty()) return empty_tree_hash(hasher);
  if (leaves.size() == 1) return leaves.front();
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  return node_hash(hasher, naive_root(hasher, leaves.first(k)), naive_root(hasher, leaves.subspan(k)));
}

TEST(Tree, HashesALeafAsTheReferenceDoes) {
  Hasher hasher;
  EXPECT_EQ(to_hex(leaf_hash(hasher, "")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(to_hex(leaf_hash(hasher, "L123456")), "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
}

TEST(Tree, GivesTheKnownRootAtEverySizeUpToEight) {
  Hasher hasher;
  CompactRange range;
  EXPECT_EQ(to_hex(root_of_peaks(hasher, range.peaks())), kRoots[0]);
  for (const std::string& leaf : kLeaves) {
    range.add(hasher, leaf_hash(hasher, leaf), [](NodePlace, const Digest&) {});
    EXPECT_EQ(to_hex(root_of_peaks(hasher, range.peaks())), kRoots[range.size()]);
  }
}

TEST(Tree, NumbersNodesInTheOrderInWhichTheyAreCompleted) {
  Hasher hasher;
  CompactRange range;
  std::int64_t expected = 0;
  for (int i = 0; i < 1'000; ++i) {
    range.add(hasher, leaf_hash(hasher, std::to_string(i)),
              [&](NodePlace place, const Digest&) { EXPECT_EQ(node_number(place), ++expected); });
    EXPECT_EQ(node_count(range.size()), expected);
  }
}

TEST(Tree, GivesTheRootOfRfc6962AtEverySize) {
  Hasher hasher;
  CompactRange range;
  std::vector<Digest> leaves;
  std::map<std::int64_t, Digest> nodes;
  for (int i = 0; i < 300; ++i) {
    leaves.push_back(leaf_hash(hasher, "leaf " + std::to_string(i)));
    range.add(hasher, leaves.back(), [&](NodePlace place, const Digest& hash) { nodes[node_number(place)] = hash; });
  }
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    std::vector<Digest> peaks;
    for (const NodePlace place : peaks_of(static_cast<std::int64_t>(size))) {
      peaks.push_back(place.level == 0 ? leaves[static_cast<std::size_t>(place.index)] : nodes.at(node_number(place)));
    }
    EXPECT_EQ(root_of_peaks(hasher, peaks), naive_root(hasher, std::span(leaves).first(size))) << "size " << size;
  }
}

TEST(Tree, OfALogHasTheRootOfItsRecordsAtEverySize) {
  const CaseFile file;
  Log log = file.open();
  EXPECT_EQ(to_hex(log.root()), kRoots[0]);
  std::vector<NewEntry> entries;
  for (int i = 0; i < 67; ++i) entries.push_back(entry(i, probes::Outcome::direct));
  append(log, {entries.begin(), entries.begin() + 5});
  append(log, {entries.begin() + 5, entries.begin() + 6});
  append(log, {entries.begin() + 6, entries.end()});

  Hasher hasher;
  std::vector<Digest> leaves;
  log.for_each_entry(1, log.size(), [&](const Entry& each) {
    leaves.push_back(leaf_hash(hasher, each.record));
    EXPECT_EQ(each.leaf, leaves.back());
    return true;
  });
  ASSERT_EQ(leaves.size(), 67U);
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    EXPECT_EQ(log.root_at(static_cast<std::int64_t>(size)), naive_root(hasher, std::span(leaves).first(size)));
  }
  EXPECT_EQ(log.root(), log.root_at(67));
  EXPECT_THROW(static_cast<void>(log.root_at(68)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(log.root_at(-1)), std::invalid_argument);
}

}  // namespace
}  // namespace linkaudit::log
