// Entries handed from the thread that reads them to the one that works on them: in their order, never many at once.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "audit/log/kept.h"
#include "audit/log/log.h"

namespace linkaudit::log {

struct ReadEntry {
  std::int64_t seq = 0;
  Instant recorded_at{};
  NewEntry content;
  Kept kept = Kept::no;
};

class EntryQueue {
 public:
  // Of the one that reads. Waits while much is waiting; what nobody takes any more is dropped.
  void push(ReadEntry entry);
  // Nothing more comes; `problem`: because of that. The first call counts.
  void end(std::optional<std::string> problem = std::nullopt);

  // Of the one that works: the next ones, none at the end; or no more is wanted.
  std::vector<ReadEntry> take();
  void stop();

  const std::optional<std::string>& problem() const { return problem_; }  // when all has been taken

 private:
  void hand_over();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<ReadEntry> filling_;  // of the one that reads alone
  std::deque<std::vector<ReadEntry>> waiting_;
  std::optional<std::string> problem_;
  bool ended_ = false, stopped_ = false;
};

}  // namespace linkaudit::log
