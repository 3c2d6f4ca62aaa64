// What patterns find in a page's text, remembered while the page lives: the legs of a link that see the same page share
// it.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "probes/page/page_facts.h"

namespace linkaudit::probes {

// Bounded. Any number of threads.
template <typename Look>
class TextLooks {
 public:
  static constexpr std::size_t kMost = 512;

  explicit TextLooks(std::size_t most = kMost) : most_(most) {}

  // Null when this very page was not looked at, or that is forgotten.
  std::shared_ptr<const Look> find(const std::shared_ptr<const PageFacts>& page) const {
    const std::lock_guard lock(mutex_);
    const auto found = looks_.find(page.get());
    return found == looks_.end() || found->second.page.expired() ? nullptr : found->second.look;
  }

  void keep(const std::shared_ptr<const PageFacts>& page, std::shared_ptr<const Look> look) {
    if (page.use_count() == 0) return;  // nobody's: its address may soon be another's
    const std::lock_guard lock(mutex_);
    const auto [place, is_new] = looks_.insert_or_assign(page.get(), Kept{page, std::move(look)});
    if (!is_new) return;
    order_.push_back(page.get());
    if (order_.size() <= most_) return;
    looks_.erase(order_.front());
    order_.pop_front();
  }

  // The one that is known, else what `look_at` makes of the page, which is kept.
  template <typename LookAt>
  std::shared_ptr<const Look> of(const std::shared_ptr<const PageFacts>& page, const LookAt& look_at) {
    if (auto known = find(page)) return known;
    auto look = std::make_shared<const Look>(look_at(*page));
    keep(page, look);
    return look;
  }

 private:
  // A page that somebody remembers weakly leaves its place to no other, so that its address names it.
  struct Kept {
    std::weak_ptr<const PageFacts> page;
    std::shared_ptr<const Look> look;
  };

  std::size_t most_;
  mutable std::mutex mutex_;  // of what follows
  std::unordered_map<const PageFacts*, Kept> looks_;
  std::deque<const PageFacts*> order_;  // the oldest in front
};

}  // namespace linkaudit::probes
