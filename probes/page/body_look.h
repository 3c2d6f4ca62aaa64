// Which of the rules' patterns stand in one page, as far as somebody has asked.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "probes/page/page_facts.h"
#include "probes/page/patterns.h"

namespace linkaudit::probes {

// A phrase may stand in the visible text (tags between its words), in the source, or in a script's data (encoded). Most
// pages are asked for a few only, each of which is found, or not, in a twentieth of the time that one pass for all of
// them takes, whatever their number. From some on it is that pass. Any number of threads may ask.
class BodyLook {
 public:
  // `bodies` and `page`: the same each time.
  bool holds(const PatternSet& bodies, int number, const PageFacts& page) const;

 private:
  struct Seen {
    std::mutex mutex;  // of what follows
    std::vector<std::pair<int, bool>> some;
    std::vector<bool> all;  // once that was asked for
  };
  std::unique_ptr<Seen> seen_ = std::make_unique<Seen>();
};

}  // namespace linkaudit::probes
