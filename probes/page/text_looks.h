// What the patterns of all rules find in a page's text, remembered while the page lives: the legs of a link that see
// the same page share it.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "probes/page/page_facts.h"

namespace linkaudit::probes {

struct TextLook {
  std::vector<bool> title, body;  // by number of pattern
};

// Bounded. Any number of threads.
class TextLooks {
 public:
  explicit TextLooks(std::size_t most) : most_(most) {}

  // Null when this very page was not looked at, or that is forgotten.
  std::shared_ptr<const TextLook> find(const std::shared_ptr<const PageFacts>& page) const;
  void keep(const std::shared_ptr<const PageFacts>& page, std::shared_ptr<const TextLook> look);

 private:
  // A page that somebody remembers weakly leaves its place to no other, so that its address names it.
  struct Kept {
    std::weak_ptr<const PageFacts> page;
    std::shared_ptr<const TextLook> look;
  };

  std::size_t most_;
  mutable std::mutex mutex_;  // of what follows
  std::unordered_map<const PageFacts*, Kept> looks_;
  std::deque<const PageFacts*> order_;  // the oldest in front
};

}  // namespace linkaudit::probes
