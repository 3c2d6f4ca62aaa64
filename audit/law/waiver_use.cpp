#include "audit/law/waiver_use.h"

#include <algorithm>
#include <unordered_map>

#include "audit/law/calendar.h"
#include "audit/law/scope.h"
#include "audit/law/waivers.h"

namespace linkaudit::law {
namespace {

template <typename Item>
using ById = std::unordered_map<std::string_view, const Item*>;

template <typename Item>
ById<Item> by_id(const std::vector<Item>& items) {
  ById<Item> found;
  for (const Item& item : items) found.emplace(item.id, &item);
  return found;
}

class ScopesOfPolicy {
 public:
  explicit ScopesOfPolicy(const Policy& policy)
      : obligations_(by_id(policy.obligations)),
        platforms_(by_id(policy.platforms)),
        contexts_(by_id(policy.contexts)) {}

  // Does the waiver cover any link that the finding is about?
  bool covers_any(const Waiver& waiver, const Finding& finding) const {
    if (finding.platform.empty() || !concerns(waiver, finding.obligation)) return false;
    const Scope& scope = obligations_.at(finding.obligation)->scope;
    const JudgedPlatform& platform = *platforms_.at(finding.platform);
    const JudgedContext& context = *contexts_.at(finding.context);
    if (platform.links.empty()) return covers(waiver.scope, context, platform, "");
    return std::any_of(platform.links.begin(), platform.links.end(), [&](const std::string& link) {
      return covers(waiver.scope, context, platform, link) && obliges(scope, context, platform, link);
    });
  }

 private:
  ById<Obligation> obligations_;
  ById<JudgedPlatform> platforms_;
  ById<JudgedContext> contexts_;
};

WaiverState state_of(const WaiverUse& use, Instant as_of) {
  if (as_of < use.begins) return WaiverState::not_begun;
  return as_of < use.ends ? WaiverState::in_force : WaiverState::expired;
}

void count(WaiverUse& use, const Finding& finding) {
  ++use.findings;
  if (finding.status == Status::exempt) ++use.exempt;
  const Status judged = finding.status == Status::exempt ? finding.would_be.value_or(finding.status) : finding.status;
  if (judged == Status::breached) ++use.breached;
}

}  // namespace

std::string_view name(WaiverState state) {
  switch (state) {
    case WaiverState::not_begun: return "not_begun";
    case WaiverState::in_force: return "in_force";
    case WaiverState::expired: return "expired";
  }
  return {};
}

std::vector<WaiverUse> waiver_uses(const Policy& policy, std::span<const Finding> findings, Instant as_of) {
  const ScopesOfPolicy scopes(policy);
  std::vector<WaiverUse> uses;
  for (const Waiver& waiver : policy.waivers) {
    WaiverUse& use = uses.emplace_back();
    use.id = waiver.id;
    use.begins = start_of_day(waiver.from, waiver.zone);
    use.ends = start_of_day(waiver.expires, waiver.zone);
    use.state = state_of(use, as_of);
    for (const Finding& finding : findings) {
      if (scopes.covers_any(waiver, finding)) count(use, finding);
    }
  }
  return uses;
}

}  // namespace linkaudit::law
