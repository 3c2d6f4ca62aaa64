#include "audit/run/plan.h"

namespace linkaudit::run {

Plan plan_all(const catalog::Catalog& catalog, const catalog::Selection& selection, Instant now) {
  Plan plan;
  for (const probes::Target& target : catalog::select(catalog, selection)) {
    if (target.link->url.empty()) {
      plan.leave_out(target, "", now, "no_url");
    } else {
      plan.add(target);
    }
  }
  return plan;
}

}  // namespace linkaudit::run
