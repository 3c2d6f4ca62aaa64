#include "audit/law/as_it_stood.h"

#include "audit/law/calendar.h"
#include "audit/law/clause.h"
#include "audit/law/waivers.h"

namespace linkaudit::law {
namespace {

constexpr Date kNever{9999, 12, 31};

}  // namespace

Policy as_it_stood(Policy policy, Instant then) {
  for (Obligation& obligation : policy.obligations) {
    if (Clause(obligation).in_force(then)) {
      obligation.until.reset();
    } else if (then < start_of_day(obligation.effective, obligation.zone)) {
      obligation.effective = kNever;
      obligation.until.reset();
    }
  }
  std::vector<Waiver> in_force;
  for (const Waiver* waiver : waivers_in_force(policy.waivers, then)) {
    in_force.push_back(*waiver);
    in_force.back().expires = kNever;
  }
  policy.waivers = std::move(in_force);
  return policy;
}

}  // namespace linkaudit::law
