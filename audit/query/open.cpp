#include "audit/query/open.h"

namespace linkaudit::query {

std::string_view name(OpenReason reason) {
  switch (reason) {
    case OpenReason::disputed: return "disputed";
    case OpenReason::contradicted: return "contradicted";
    case OpenReason::soft: return "soft";
    case OpenReason::stale: return "stale";
    case OpenReason::unmeasured: return "unmeasured";
  }
  return {};
}

std::vector<OpenReason> open_reasons(const law::Finding& finding) {
  if (finding.status == law::Status::not_due || finding.would_be == law::Status::not_due) return {};
  std::vector<OpenReason> reasons;
  if (finding.disputed) reasons.push_back(OpenReason::disputed);
  if (finding.contradicted_by) reasons.push_back(OpenReason::contradicted);
  if (finding.soft) reasons.push_back(OpenReason::soft);
  if (finding.stale) reasons.push_back(OpenReason::stale);
  if (!finding.outcome) reasons.push_back(OpenReason::unmeasured);
  return reasons;
}

}  // namespace linkaudit::query
