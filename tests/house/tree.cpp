#include "tests/house/tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace linkaudit::house {
namespace {

const std::filesystem::path root = LINKAUDIT_SOURCE_ROOT;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void add(const std::filesystem::path& path, Tree& tree) {
  if (path.string().find("__pycache__") != std::string::npos) return;
  tree.push_back({path.lexically_relative(root).generic_string(), text_of(path)});
}

}  // namespace

Tree project() {
  Tree tree;
  for (const char* folder : {"audit", "probes", "reports", "schedules", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (entry.is_regular_file()) add(entry.path(), tree);
    }
  }
  for (const auto& name : {"CMakeLists.txt", "CMakePresets.json", "README.md", "CHANGELOG.md", "LICENSE"}) {
    add(root / name, tree);
  }
  std::sort(tree.begin(), tree.end(), [](const File& left, const File& right) { return left.path < right.path; });
  return tree;
}

bool has_ending(const std::string& path, std::initializer_list<const char*> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return path.ends_with(ending); });
}

bool is_cpp(const File& file) {
  return has_ending(file.path, {".cpp", ".h"});
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace linkaudit::house
