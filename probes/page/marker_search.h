// A platform's markers, compiled once.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "probes/classify.h"
#include "probes/page/patterns.h"

namespace linkaudit::probes {

// Markers are looked for in what is shown (text and title), not in scripts: a word in a program says nothing about the
// page. "url:..." patterns look at the URL.
class MarkerSearch {
 public:
  explicit MarkerSearch(const std::vector<PlatformSigns>& platforms);

  std::map<std::string, std::string> find(const SeenPage& page, const std::string& platform) const;

 private:
  struct Alternatives {
    std::vector<int> text, url;
  };
  struct PlatformMarkers {
    std::vector<std::pair<std::string, Alternatives>> signs;    // fact name
    std::vector<std::pair<std::string, Alternatives>> payment;  // method
  };
  Alternatives compile(const std::vector<std::string>& alternatives, const std::string& owner);

  PatternSet texts_, urls_;
  std::map<std::string, PlatformMarkers> by_platform_;
};

}  // namespace linkaudit::probes
