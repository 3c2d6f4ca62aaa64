// Resolves names on threads of its own, each name once at a time, with a short memory.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "probes/fetch/name_lookup.h"

namespace linkaudit::probes {

// Used from one thread; only `wake` is called from others.
class NameResolver {
 public:
  using Clock = std::chrono::steady_clock;

  // `wake` is called from a worker thread whenever an answer lies ready.
  NameResolver(LookUp look_up, std::function<void()> wake);
  // Waits a moment for look-ups under way; one that hangs longer is left to end by itself (nobody hears of it).
  ~NameResolver();
  NameResolver(const NameResolver&) = delete;
  NameResolver& operator=(const NameResolver&) = delete;

  // The answer when it is remembered (60 s); else nothing, and it is asked for.
  const NameAnswer* ask(const std::string& host, Clock::time_point now);

  // Nobody waits any more for what was asked: who asks next is given an answer of his own.
  void give_up(const std::string& host);

  // The answers that have come since the last call.
  std::vector<std::pair<std::string, NameAnswer>> take_answers(Clock::time_point now);

 private:
  struct Shared;  // with the workers
  struct Remembered {
    NameAnswer answer;
    Clock::time_point until;
  };
  static void work(const std::shared_ptr<Shared>& shared);

  std::shared_ptr<Shared> shared_;
  std::unordered_map<std::string, Remembered> memory_;
};

}  // namespace linkaudit::probes
