#include "probes/fetch/retry.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "probes/fetch/url_check.h"

namespace linkaudit::probes {

std::optional<std::chrono::seconds> retry_after(std::string_view value, std::chrono::sys_seconds now_utc) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc::result_out_of_range) return std::chrono::hours(24 * 365);
  if (error == std::errc() && end == value.data() + value.size() && number >= 0) {
    return std::min(std::chrono::seconds(number), std::chrono::seconds(std::chrono::hours(24 * 365)));
  }
  const time_t at = curl_getdate(std::string(value).c_str(), nullptr);
  if (at == -1) return std::nullopt;
  return std::max(std::chrono::seconds(0), std::chrono::seconds(at) - now_utc.time_since_epoch());
}

std::optional<Failure> worth_retrying(const LegResult& leg) {
  if (leg.failure) return is_network_failure(leg.failure->name) ? leg.failure : std::nullopt;
  if (leg.exchanges.empty()) return std::nullopt;
  const int status = leg.exchanges.back().hop.status;
  if (status != 429 && status != 503) return std::nullopt;
  Failure failure = make_failure(FailureName::http_status, fmt::format("HTTP status {}", status), status);
  failure.hop = static_cast<int>(leg.exchanges.size()) - 1;
  failure.leg = leg.request.leg;
  return failure;
}

std::chrono::milliseconds BackOff::after_attempt(int attempt) {
  const double base = 250.0 * (1 << std::clamp(attempt - 1, 0, 5));
  // Not std::uniform_real_distribution: its results differ between libraries.
  const double jitter = 0.5 + static_cast<double>(random_() >> 11) / static_cast<double>(1ULL << 53);
  return std::chrono::milliseconds(static_cast<std::int64_t>(base * jitter));
}

}  // namespace linkaudit::probes
