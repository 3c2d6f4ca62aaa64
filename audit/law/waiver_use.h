// What the waivers of a policy do at an instant: for reports, and for whoever wrote one that does nothing.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::law {

enum class WaiverState { not_begun, in_force, expired };

struct WaiverUse {
  std::string id;
  WaiverState state = WaiverState::not_begun;
  Instant begins{}, ends{};  // 00:00 of its dates in its zone; it bites again at `ends`
  int findings = 0;          // some of whose links lie in its scope, be it in force or not; 0: it matches nothing
  int exempt = 0;            // of those, exempt
  int breached = 0;          // of those, breached, or exempt and would be
};

std::string_view name(WaiverState state);

// In the policy's order. `findings` are those of judge() with this policy at this instant, all or some.
std::vector<WaiverUse> waiver_uses(const Policy& policy, std::span<const Finding> findings, Instant as_of);

}  // namespace linkaudit::law
