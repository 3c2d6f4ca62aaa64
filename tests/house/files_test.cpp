// What every file and folder of the project keeps to.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/house/tree.h"

namespace linkaudit::house {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t most_lines = 400;

std::vector<std::string> long_files(const Tree& tree) {
  std::vector<std::string> found;
  for (const File& file : tree) {
    const std::size_t lines = lines_of(file.text).size();
    if (has_ending(file.path, {".cpp", ".h", ".py", ".sh"}) && lines > most_lines) {
      found.push_back(file.path + ": " + std::to_string(lines) + " lines");
    }
  }
  return found;
}

// Sources that no CMakeLists.txt, of their folder or one above, names: whole, or without its ending where the
// CMakeLists.txt appends it.
std::vector<std::string> orphans(const Tree& tree) {
  std::map<std::string, std::set<std::string>> named;  // folder -> the words of its CMakeLists.txt
  for (const File& file : tree) {
    if (!has_ending(file.path, {"CMakeLists.txt"})) continue;
    std::string word;
    for (const char c : file.text + "\n") {
      const bool separates = std::string_view(" \t\n()\"").find(c) != std::string_view::npos;
      if (!separates) word += c;
      if (separates && !word.empty()) named[folder_of(file.path)].insert(std::exchange(word, ""));
    }
  }
  std::vector<std::string> found;
  for (const File& file : tree) {
    if (!has_ending(file.path, {".cpp"})) continue;
    bool listed = false;
    for (std::string folder = folder_of(file.path); !listed && !folder.empty(); folder = folder_of(folder)) {
      const std::string path = file.path.substr(folder.size() + 1), stem = path.substr(0, path.size() - 4);
      const std::set<std::string>& words = named[folder];
      listed = words.contains(path) || (words.contains("${name}.cpp") && words.contains(stem));
    }
    if (!listed) found.push_back(file.path);
  }
  return found;
}

// Folders that are built and do not say what lives in them. Tests say it in one place.
std::vector<std::string> folders_without_readme(const Tree& tree) {
  std::set<std::string> built, told;
  for (const File& file : tree) {
    const std::string folder = folder_of(file.path);
    if (file.path.ends_with("CMakeLists.txt") && !folder.starts_with("tests/")) built.insert(folder);
    if (file.path == "README.md" || file.path.ends_with("/README.md")) told.insert(folder);
  }
  std::vector<std::string> found;
  std::ranges::set_difference(built, told, std::back_inserter(found));
  return found;
}

// Written in two pieces, so that this file does not hold them.
const std::vector<std::string> unwanted = {
    // paths of one machine, documents that are elsewhere
    std::string("/wo") + "rk/",
    std::string("/ho") + "me/",
    std::string("/tmp/ba") + "sh",
    std::string("DESIGN") + ".md",
    // what was left for later
    std::string("GTEST") + "_SKIP",
    std::string("DISA") + "BLED_",
    std::string("TO") + "DO",
    std::string("FIX") + "ME",
    std::string("not imple") + "mented",
};

std::vector<std::string> unwanted_lines(const Tree& tree) {
  std::vector<std::string> found;
  for (const File& file : tree) {
    int number = 0;
    for (const std::string& line : lines_of(file.text)) {
      ++number;
      for (const std::string& word : unwanted) {
        if (line.find(word) != std::string::npos)
          found.push_back(file.path + ":" + std::to_string(number) + ": " + word);
      }
    }
  }
  return found;
}

TEST(Files, NoneIsTooLong) {
  EXPECT_THAT(long_files(project()), IsEmpty());
}

TEST(Files, EverySourceIsInACMakeLists) {
  EXPECT_THAT(orphans(project()), IsEmpty());
}

TEST(Files, EveryFolderSaysWhatLivesInIt) {
  EXPECT_THAT(folders_without_readme(project()), IsEmpty());
}

TEST(Files, NothingIsLeftUndoneAndNoPathIsOfOneMachine) {
  EXPECT_THAT(unwanted_lines(project()), IsEmpty());
}

TEST(Files, TextHasUnixLineEndsAndOneLineEndAtTheEnd) {
  for (const File& file : project()) {
    if (!has_ending(file.path, {".cpp", ".h", ".py", ".sh", ".md", ".txt"}) ||
        file.path.find("/data/") != std::string::npos)
      continue;
    EXPECT_EQ(file.text.find('\r'), std::string::npos) << file.path;
    EXPECT_TRUE(file.text.empty() || file.text.ends_with('\n')) << file.path;
    EXPECT_FALSE(file.text.ends_with("\n\n")) << file.path;
  }
}

TEST(Files, HeadersAreIncludedOnce) {
  for (const File& file : project()) {
    if (!has_ending(file.path, {".h"})) continue;
    EXPECT_NE(file.text.find("#pragma once\n"), std::string::npos) << file.path;
  }
}

// The checks themselves, on made-up trees.

TEST(FilesChecks, FileOfOneLineTooManyIsFound) {
  std::string text;
  for (std::size_t line = 0; line < most_lines; ++line) text += "\n";
  EXPECT_THAT(long_files({{"a.cpp", text}}), IsEmpty());
  EXPECT_THAT(long_files({{"a.cpp", text + "x\n"}, {"a.yaml", text + "x\n"}}), ElementsAre("a.cpp: 401 lines"));
}

TEST(FilesChecks, OrphanIsFoundBelowWhateverFolderListsItsFiles) {
  const Tree tree = {{"reports/CMakeLists.txt", "linkaudit_library(reports\n  csv.cpp page/page.cpp)\n"},
                     {"reports/csv.cpp", ""},
                     {"reports/page/page.cpp", ""},
                     {"reports/page/other.cpp", ""},
                     {"reports/age.cpp", ""}};
  EXPECT_THAT(orphans(tree), ElementsAre("reports/page/other.cpp", "reports/age.cpp"));
}

TEST(FilesChecks, FolderWithoutReadmeIsFound) {
  EXPECT_THAT(folders_without_readme({{"CMakeLists.txt", ""},
                                      {"README.md", ""},
                                      {"probes/CMakeLists.txt", ""},
                                      {"tests/CMakeLists.txt", ""},
                                      {"tests/README.md", ""},
                                      {"tests/law/CMakeLists.txt", ""}}),
              ElementsAre("probes"));
}

TEST(FilesChecks, UnwantedLineIsFound) {
  EXPECT_THAT(unwanted_lines({{"a.cpp",
                               "fine\n// TO"
                               "DO later\n"},
                              {"b.sh",
                               "cd /ho"
                               "me/someone\n"}}),
              ElementsAre(testing::StartsWith("a.cpp:2: "), testing::StartsWith("b.sh:1: ")));
}

}  // namespace
}  // namespace linkaudit::house
