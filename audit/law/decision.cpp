#include "audit/law/decision.h"

#include <algorithm>

#include "audit/law/severity.h"

namespace linkaudit::law {
namespace {

template <typename Wanted>
Links those(const Links& links, Wanted wanted) {
  Links found;
  std::copy_if(links.begin(), links.end(), std::back_inserter(found), wanted);
  return found;
}

bool fresh(const LinkState* link) {
  return link->history->is_fresh();
}
bool stale(const LinkState* link) {
  return !link->history->is_fresh();
}

}  // namespace

Decision decide(const Links& known) {
  const auto is = [&](Status status) { return those(known, [&](const LinkState* link) { return link->is(status); }); };
  if (Links breached = is(Status::breached); !breached.empty()) return {Status::breached, false, false, breached};
  Links disputed = those(known, [](const LinkState* link) { return link->history->disputed(); });
  if (!disputed.empty()) return {Status::undetermined, true, false, disputed};
  Links uncured = those(known, [](const LinkState* link) { return link->uncured; });
  if (!uncured.empty()) {
    const bool any_stale = std::any_of(uncured.begin(), uncured.end(), stale);
    return {Status::undetermined, false, any_stale, uncured};
  }
  Links all_fresh = those(known, fresh);
  if (all_fresh.empty()) return {Status::undetermined, false, !known.empty(), known};
  if (Links met = is(Status::met); !met.empty()) return {Status::met, false, false, met};
  return {Status::undetermined, false, false, all_fresh};
}

const LinkState& shown(const Decision& decision, const Links& known, const Clause& clause) {
  const bool from_all = decision.status != Status::breached && !decision.disputed && !decision.stale;
  Links candidates = from_all ? those(known, fresh) : decision.links;
  if (decision.status == Status::breached) {
    const Links sure = those(candidates, [&](const LinkState* link) { return clause.can_confirm(link->now().tier); });
    if (!sure.empty()) candidates = sure;
  }
  const auto worse = [](const LinkState* left, const LinkState* right) {
    return severity(left->word().outcome) < severity(right->word().outcome);
  };
  return **std::max_element(candidates.begin(), candidates.end(), worse);
}

}  // namespace linkaudit::law
