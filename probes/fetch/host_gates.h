// How often and how many at once each host may be asked.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <unordered_map>

namespace linkaudit::probes {

class HostGates {
 public:
  using Clock = std::chrono::steady_clock;

  // `rate_per_s` 0 or less: no spacing.
  HostGates(int concurrency, double rate_per_s);

  // When a request to the host may begin (now or earlier: at once); nothing: not before one of its requests ends.
  std::optional<Clock::time_point> opens(const std::string& host) const;

  void enter(const std::string& host, Clock::time_point now);
  void leave(const std::string& host, Clock::time_point now);

 private:
  struct Gate {
    int inside = 0;
    Clock::time_point next{};
  };
  int concurrency_;
  Clock::duration spacing_{};
  std::unordered_map<std::string, Gate> gates_;  // of hosts asked lately
  std::size_t tidy_at_ = 1024;
};

}  // namespace linkaudit::probes
