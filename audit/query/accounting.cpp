#include "audit/query/accounting.h"

namespace linkaudit::query {

std::int64_t Accounting::gaps_in_all() const {
  std::int64_t sum = 0;
  for (const auto& [reason, count] : gaps) sum += count;
  return sum;
}

Accounting account(const log::Log& log, const log::Horizon& horizon) {
  Accounting accounting;
  const auto counts = log::counts(log, horizon);
  const auto count = [&](const char* type) {
    const auto found = counts.find(type);
    return found == counts.end() ? std::int64_t{0} : found->second;
  };
  accounting.observed = count("observation");
  accounting.attestations = count("attestation");
  accounting.runs = count("run");
  log::for_each_gap(log, horizon, [&](const log::LoggedGap& row) {
    ++accounting.gaps[row.gap.reason];
    return true;
  });
  accounting.planned = accounting.observed + accounting.gaps_in_all();
  return accounting;
}

}  // namespace linkaudit::query
