#include "tests/house/arrows.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace linkaudit::house {
namespace {

// Of audit/, from the ground floor up. An area may include itself and all floors below; two on one floor may not
// include each other.
const std::vector<std::vector<std::string>> floors = {
    {"audit/log", "audit/law"}, {"audit/catalog"}, {"audit/query"}, {"audit/run"},
    {"audit/bundle"},           {"audit/serve"},   {"audit/cli"},   {"audit/main.cpp"},
};

// Values without behaviour that the record and the law are made of.
const std::set<std::string> plain_values = {"probes/failure.h", "probes/observation.h", "probes/outcome.h"};

// What an area of audit may use of the three below it, beside the plain values.
const std::map<std::string, std::set<std::string>> uses = {
    {"audit/log", {}},
    {"audit/law", {}},
    {"audit/catalog", {"probes", "schedules"}},
    {"audit/query", {"probes", "schedules", "reports"}},
    {"audit/run", {"probes", "schedules"}},
    {"audit/bundle", {}},
    {"audit/serve", {"probes", "schedules", "reports"}},
    {"audit/cli", {"probes", "schedules", "reports"}},
    {"audit/main.cpp", {}},
};

// The words of all of audit lie beside the floors, for those that show something.
const std::set<std::string> speaks = {"audit/query", "audit/run", "audit/serve", "audit/cli"};

// Headers of libraries that only some folders may include: the beginning of the header's name, and where.
struct Library {
  std::string header;
  std::vector<std::string> folders;
};
const std::vector<Library> libraries = {
    {"curl/", {"probes"}},
    {"xlsxwriter", {"reports"}},
    {"SQLiteCpp/", {"audit/log", "audit/query"}},
    {"sqlite3", {"audit/log", "audit/query"}},
    {"Poco/Net/", {"probes/lab", "audit/run", "audit/serve"}},
    {"Poco/Util/", {"audit/serve"}},
    {"yaml-cpp/", {"audit/catalog"}},
    {"CLI/", {"audit/cli"}},
};

bool inside(const std::string& path, const std::string& folder) {
  return path.starts_with(folder + "/");
}

// "probes", "audit/log", "audit/main.cpp"; an unknown part of audit is an area of its own that nothing allows.
std::string area_of(const std::string& path) {
  const std::size_t first = path.find('/');
  if (first == std::string::npos) return path;
  if (path.substr(0, first) != "audit") return path.substr(0, first);
  return path.substr(0, path.find('/', first + 1));
}

std::optional<std::size_t> floor_of(const std::string& area) {
  for (std::size_t floor = 0; floor < floors.size(); ++floor) {
    if (std::ranges::find(floors[floor], area) != floors[floor].end()) return floor;
  }
  return std::nullopt;
}

// What is wrong with an include of our own, "" when nothing is.
std::string wrong(const std::string& from, const std::string& target) {
  const std::string to = area_of(target);
  if (from == to) return "";
  const auto floor = floor_of(from);
  if (!floor) return from + " may include " + from + " only";
  if (target == "audit/words.h") return speaks.contains(from) ? "" : from + " shows nothing, so it has no words";
  if (const auto below = floor_of(to)) return *below < *floor ? "" : from + " does not stand above " + to;
  if (plain_values.contains(target) && from != "audit/main.cpp") return "";
  if (uses.at(from).contains(to)) return "";
  return from + " may not include " + to + (to == "probes" ? " beyond its plain values" : "");
}

std::string wrong_library(const std::string& path, const std::string& header) {
  for (const Library& library : libraries) {
    if (!header.starts_with(library.header)) continue;
    const bool allowed =
        std::ranges::any_of(library.folders, [&](const std::string& folder) { return inside(path, folder); });
    return allowed ? "" : "this library belongs to " + library.folders.front() + "/";
  }
  return "";
}

}  // namespace

std::vector<IncludeLine> includes_of(const std::string& text) {
  static const re2::RE2 form(R"(\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
  std::vector<IncludeLine> includes;
  int number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    std::string quote, target;
    if (re2::RE2::FullMatch(line, form, &quote, &target)) includes.push_back({number, target, quote == "\""});
  }
  return includes;
}

std::vector<std::string> forbidden_arrows(const Tree& tree) {
  std::set<std::string> known;
  for (const File& file : tree) known.insert(file.path);
  std::vector<std::string> found;
  for (const File& file : tree) {
    if (!is_cpp(file) || inside(file.path, "tests")) continue;
    for (const IncludeLine& include : includes_of(file.text)) {
      std::string text =
          include.own ? wrong(area_of(file.path), include.target) : wrong_library(file.path, include.target);
      if (include.own && text.empty() && !known.contains(include.target)) text = "no such file from the top";
      if (text.empty()) continue;
      found.push_back(file.path + ":" + std::to_string(include.line) + ": " + include.target + ": " + text);
    }
  }
  return found;
}

}  // namespace linkaudit::house
