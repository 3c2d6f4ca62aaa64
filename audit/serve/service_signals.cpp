#include "audit/serve/service_signals.h"

#include <pthread.h>

#include <csignal>
#include <ctime>
#include <utility>

namespace linkaudit::serve {
namespace {

sigset_t service_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

ServiceSignals::ServiceSignals() {
  const sigset_t set = service_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  taker_ = std::jthread([this, set](const std::stop_token& ended) {
    const timespec a_second{1, 0};  // so that the thread sees the end of its owner
    while (!ended.stop_requested()) {
      const int signal = sigtimedwait(&set, nullptr, &a_second);
      if (signal == SIGHUP) {
        {
          const std::lock_guard lock(mutex_);
          reload_ = true;
        }
        changed_.notify_all();
      } else if (signal > 0) {
        source_.request_stop();  // wakes who waits, too
        return;
      }
    }
  });
}

ServiceSignals::~ServiceSignals() {
  taker_.request_stop();
  taker_.join();
  const sigset_t set = service_signals();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

bool ServiceSignals::take_reload() {
  const std::lock_guard lock(mutex_);
  return std::exchange(reload_, false);
}

void ServiceSignals::wait(std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, source_.get_token(), most, [this] { return reload_; });
}

}  // namespace linkaudit::serve
