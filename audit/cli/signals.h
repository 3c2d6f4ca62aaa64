// SIGINT and SIGTERM as a stop request: what is under way ends well, and says so in the log.
#pragma once

#include <stop_token>
#include <thread>

namespace linkaudit::cli {

// While it lives, the two signals are taken by a thread of its own. One at a time in a process.
class StopOnSignal {
 public:
  StopOnSignal();
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread waiter_;
};

}  // namespace linkaudit::cli
