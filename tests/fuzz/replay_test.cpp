// Every seed through its harness, without a fuzzer: the harnesses are kept in order by every run of the tests.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

std::vector<std::filesystem::path> seeds_of(const std::string& harness) {
  std::vector<std::filesystem::path> seeds;
  const std::filesystem::path folder = std::filesystem::path(LINKAUDIT_SOURCE_ROOT) / "tests/fuzz/seeds" / harness;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) seeds.push_back(entry.path());
  std::sort(seeds.begin(), seeds.end());
  return seeds;
}

// On the heap and no byte longer, so that reading past the end shows.
std::vector<char> bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Replay : public testing::TestWithParam<Harness> {};

TEST_P(Replay, EverySeedKeepsItsPromises) {
  const auto seeds = seeds_of(GetParam().name);
  ASSERT_GE(seeds.size(), 5U);
  for (const auto& seed : seeds) {
    const std::vector<char> bytes = bytes_of(seed);
    EXPECT_NO_THROW(GetParam().run({bytes.data(), bytes.size()})) << seed;
  }
}

TEST_P(Replay, NoInputIsAnInput) {
  EXPECT_NO_THROW(GetParam().run({}));
  EXPECT_NO_THROW(GetParam().run("\n"));
}

INSTANTIATE_TEST_SUITE_P(Harness, Replay, testing::ValuesIn(kHarnesses),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST(Require, BrokenPromiseIsThrownWithItsExample) {
  EXPECT_NO_THROW(require(true, "all is well"));
  try {
    require_same("one line\n", "one line\r", "the same");
    FAIL() << "nothing thrown";
  } catch (const BrokenPromise& broken) {
    EXPECT_STREQ(broken.what(), R"(the same: "one line\x0a" is not "one line\x0d")");
  }
  EXPECT_THROW(require_one_line("a\tb", "it"), BrokenPromise);
  EXPECT_THROW(require_one_line("", "it"), BrokenPromise);
}

TEST(Utf8, IllFormedSequencesAreReplacedByTheirLongestParts) {
  for (const auto& [given, expected] : std::vector<std::pair<std::string, std::string>>{
           {"a中😀", "a中😀"},
           {"\xC0\x80", "��"},
           {"\xE4\xB8", "�"},
           {"\xE4\xB8z", "�z"},
           {"\xED\xA0\x80", "���"},
           {"\xF0\x9F\x98", "�"},
           {"\xF4\x90\x80\x80", "����"},
           {"\xE0\x80\xAF", "���"},
       }) {
    EXPECT_EQ(utf8_decoded(given), expected);
    EXPECT_EQ(is_utf8(given), given == expected);
  }
}

}  // namespace
}  // namespace linkaudit::fuzz
