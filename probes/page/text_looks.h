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
  static constexpr std::size_t kMost = 512;

  explicit TextLooks(std::size_t most = kMost) : most_(most) {}

  // Null when this very page was not looked at, or that is forgotten.
  std::shared_ptr<const TextLook> find(const std::shared_ptr<const PageFacts>& page) const;
  void keep(const std::shared_ptr<const PageFacts>& page, std::shared_ptr<const TextLook> look);

  // The one that is known, else what `look_at` makes of the page, which is kept.
  template <typename LookAt>
  std::shared_ptr<const TextLook> of(const std::shared_ptr<const PageFacts>& page, const LookAt& look_at) {
    if (auto known = find(page)) return known;
    auto look = std::make_shared<const TextLook>(look_at(*page));
    keep(page, look);
    return look;
  }

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
