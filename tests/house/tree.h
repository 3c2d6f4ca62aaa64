// The project's own files, as the tests of the house read them. A test may make one up.
#pragma once

#include <string>
#include <vector>

namespace linkaudit::house {

struct File {
  std::string path;  // from the top, with slashes: "probes/fetch/url.h"
  std::string text;
};

using Tree = std::vector<File>;

// All files of audit/, probes/, reports/, schedules/ and tests/ and those beside them on top, sorted by path. What a
// build or a run leaves behind is not among them.
Tree project();

bool has_ending(const std::string& path, std::initializer_list<const char*> endings);
bool is_cpp(const File& file);  // .cpp or .h

std::string folder_of(const std::string& path);  // "probes/fetch"; "" on top
std::vector<std::string> lines_of(const std::string& text);

}  // namespace linkaudit::house
