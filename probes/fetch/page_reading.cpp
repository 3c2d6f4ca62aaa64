#include "probes/fetch/page_reading.h"

#include <utility>

#include "probes/fetch/following.h"

namespace linkaudit::probes {

PageReading::PageReading(std::size_t most_bytes, std::function<void()> wake)
    : pages_(most_bytes), wake_(std::move(wake)) {}

PageReading::~PageReading() = default;

void PageReading::read(std::uint64_t leg, Exchange exchange) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({leg, std::move(exchange)});
  }
  given_.notify_one();
  if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

std::vector<PageReading::Read> PageReading::take() {
  const std::lock_guard lock(mutex_);
  if (failure_) std::rethrow_exception(failure_);
  return std::exchange(ready_, {});
}

void PageReading::forget_all() {
  const std::lock_guard lock(mutex_);
  waiting_.clear();
  ready_.clear();
}

void PageReading::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  try {
    while (given_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
      if (stop.stop_requested()) return;
      Read next = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      read_page_of(next.exchange, pages_);
      if (prepare_ && next.exchange.page) prepare_(next.exchange.page);
      lock.lock();
      ready_.push_back(std::move(next));
      wake_();
    }
  } catch (...) {
    if (!lock.owns_lock()) lock.lock();
    failure_ = std::current_exception();
    wake_();
  }
}

}  // namespace linkaudit::probes
