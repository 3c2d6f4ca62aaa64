#include "audit/cli/signals.h"

#include <pthread.h>

#include <csignal>
#include <ctime>

namespace linkaudit::cli {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

StopOnSignal::StopOnSignal() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);  // threads made from here on inherit it
  waiter_ = std::jthread([this, set](const std::stop_token& ended) {
    // sigtimedwait and not sigwait, so that the thread sees the end of its owner.
    const timespec while_waiting{0, 100'000'000};
    while (!ended.stop_requested()) {
      if (sigtimedwait(&set, nullptr, &while_waiting) > 0) source_.request_stop();
    }
  });
}

StopOnSignal::~StopOnSignal() {
  waiter_.request_stop();
  waiter_.join();
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace linkaudit::cli
