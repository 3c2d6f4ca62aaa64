// Whether and when a leg is tried again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string_view>

#include "probes/exchange.h"

namespace linkaudit::probes {

// The wait that a Retry-After field asks for (RFC 9110 section 10.2.3): seconds, or an HTTP date against `now_utc`.
// Never negative; nothing when the value is neither.
std::optional<std::chrono::seconds> retry_after(std::string_view value, std::chrono::sys_seconds now_utc);

// Why this attempt is worth another: a network failure, or 429 or 503 in the last exchange. Nothing: it is final.
std::optional<Failure> worth_retrying(const LegResult& leg);

// Growing with the attempt, between half and one and a half of 0.25 s, 0.5 s, 1 s ... up to 8 s.
class BackOff {
 public:
  explicit BackOff(std::uint64_t seed) : random_(seed) {}
  std::chrono::milliseconds after_attempt(int attempt);

 private:
  std::mt19937_64 random_;
};

}  // namespace linkaudit::probes
