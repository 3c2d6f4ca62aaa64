#include "audit/query/totals.h"

namespace linkaudit::query {

std::int64_t Totals::of(law::Status status) const {
  const auto found = counts.find(status);
  return found == counts.end() ? 0 : found->second;
}

Totals totals_of(std::span<const law::Finding> findings) {
  Totals totals;
  for (const law::Finding& finding : findings) {
    ++totals.findings;
    ++totals.counts[finding.status];
    if (finding.status != law::Status::not_due) ++totals.in_force;
    const bool confirmed = finding.confidence == law::Confidence::confirmed;
    if (finding.status == law::Status::breached && confirmed) ++totals.confirmed;
  }
  return totals;
}

}  // namespace linkaudit::query
