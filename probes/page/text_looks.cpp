#include "probes/page/text_looks.h"

#include <utility>

namespace linkaudit::probes {

std::shared_ptr<const TextLook> TextLooks::find(const std::shared_ptr<const PageFacts>& page) const {
  const std::lock_guard lock(mutex_);
  const auto found = looks_.find(page.get());
  return found == looks_.end() || found->second.page.expired() ? nullptr : found->second.look;
}

void TextLooks::keep(const std::shared_ptr<const PageFacts>& page, std::shared_ptr<const TextLook> look) {
  if (page.use_count() == 0) return;  // nobody's: its address may soon be another's
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = looks_.insert_or_assign(page.get(), Kept{page, std::move(look)});
  if (!is_new) return;
  order_.push_back(page.get());
  if (order_.size() <= most_) return;
  looks_.erase(order_.front());
  order_.pop_front();
}

}  // namespace linkaudit::probes
