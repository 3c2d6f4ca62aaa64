// A platform's markers, compiled once.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "probes/classify.h"
#include "probes/page/patterns.h"
#include "probes/page/text_looks.h"

namespace linkaudit::probes {

// Markers are looked for in what is shown (text and title), not in scripts: a word in a program says nothing about the
// page. "url:..." patterns look at the URL. Any number of threads may use it.
class MarkerSearch {
 public:
  explicit MarkerSearch(const std::vector<PlatformSigns>& platforms);

  std::map<std::string, std::string> find(const SeenPage& page, const std::string& platform) const;

  // Looks at a page's text beforehand.
  void prepare(const std::shared_ptr<const PageFacts>& page) const { text_look(page); }

 private:
  using Found = std::vector<bool>;  // by number of pattern

  std::shared_ptr<const Found> text_look(const std::shared_ptr<const PageFacts>& page) const {
    return looks_.of(page, [this](const PageFacts& facts) { return texts_.match({facts.text, facts.title}); });
  }

  struct Alternatives {
    std::vector<int> text, url;
  };
  struct PlatformMarkers {
    std::vector<std::pair<std::string, Alternatives>> signs;    // fact name
    std::vector<std::pair<std::string, Alternatives>> payment;  // method
  };
  Alternatives compile(const std::vector<std::string>& alternatives, const std::string& owner);

  PatternSet texts_, urls_;
  mutable TextLooks<Found> looks_;
  std::map<std::string, PlatformMarkers> by_platform_;
};

}  // namespace linkaudit::probes
