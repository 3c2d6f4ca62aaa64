// SIGTERM and SIGINT as a stop, SIGHUP as a wish to reload, for whoever waits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace linkaudit::serve {

// While it lives, the signals are taken by a thread of its own; threads made meanwhile never see them. One at a time in
// a process.
class ServiceSignals {
 public:
  ServiceSignals();
  ~ServiceSignals();
  ServiceSignals(const ServiceSignals&) = delete;
  ServiceSignals& operator=(const ServiceSignals&) = delete;

  std::stop_token stop() const { return source_.get_token(); }

  // Whether a reload was wished for since the last question.
  bool take_reload();

  // Returns after so long on the monotonic clock, or when a signal has come.
  void wait(std::chrono::milliseconds most);

 private:
  std::stop_source source_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool reload_ = false;
  std::jthread taker_;
};

}  // namespace linkaudit::serve
