// Which waivers are in force at an instant, and what they exempt.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "audit/law/calendar.h"
#include "audit/law/policy.h"

namespace linkaudit::law {

// Those in force, in the policy's order: from 00:00 of `from` until 00:00 of `expires`, in the waiver's zone.
std::vector<const Waiver*> waivers_in_force(const std::vector<Waiver>& waivers, Instant as_of);

// Whether it speaks of the obligation; of which links its scope says.
bool concerns(const Waiver& waiver, const std::string& obligation);

// The first that exempts the link from the obligation; nothing when none does.
const Waiver* waiver_for(std::span<const Waiver* const> waivers, const std::string& obligation,
                         const JudgedContext& context, const JudgedPlatform& platform, const std::string& link);

}  // namespace linkaudit::law
