#include "audit/log/entry_queue.h"

#include <utility>

namespace linkaudit::log {
namespace {

constexpr std::size_t kEntriesAtOnce = 256, kMostWaiting = 4;

}  // namespace

void EntryQueue::push(ReadEntry entry) {
  filling_.push_back(std::move(entry));
  if (filling_.size() >= kEntriesAtOnce) hand_over();
}

void EntryQueue::hand_over() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || waiting_.size() < kMostWaiting; });
  if (!stopped_ && !filling_.empty()) waiting_.push_back(std::move(filling_));
  filling_.clear();
  changed_.notify_all();
}

void EntryQueue::end(std::optional<std::string> problem) {
  hand_over();
  const std::lock_guard lock(mutex_);
  if (!ended_) problem_ = std::move(problem);
  ended_ = true;
  changed_.notify_all();
}

std::vector<ReadEntry> EntryQueue::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
  if (waiting_.empty()) return {};
  std::vector<ReadEntry> entries = std::move(waiting_.front());
  waiting_.pop_front();
  changed_.notify_all();
  return entries;
}

void EntryQueue::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  waiting_.clear();
  changed_.notify_all();
}

}  // namespace linkaudit::log
