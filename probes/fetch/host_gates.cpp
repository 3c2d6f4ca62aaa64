#include "probes/fetch/host_gates.h"

#include <algorithm>

namespace linkaudit::probes {

HostGates::HostGates(int concurrency, double rate_per_s) : concurrency_(std::max(1, concurrency)) {
  if (rate_per_s > 0) {
    spacing_ = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / rate_per_s));
  }
}

std::optional<HostGates::Clock::time_point> HostGates::opens(const std::string& host) const {
  const auto gate = gates_.find(host);
  if (gate == gates_.end()) return Clock::time_point{};
  if (gate->second.inside >= concurrency_) return std::nullopt;
  return gate->second.next;
}

void HostGates::enter(const std::string& host, Clock::time_point now) {
  Gate& gate = gates_[host];
  ++gate.inside;
  gate.next = std::max(gate.next, now) + spacing_;
}

void HostGates::leave(const std::string& host, Clock::time_point now) {
  const auto gate = gates_.find(host);
  if (gate == gates_.end()) return;
  --gate->second.inside;
  if (gates_.size() < tidy_at_) return;
  std::erase_if(gates_, [&](const auto& item) { return item.second.inside == 0 && item.second.next <= now; });
  tidy_at_ = std::max<std::size_t>(1024, gates_.size() * 2);
}

}  // namespace linkaudit::probes
