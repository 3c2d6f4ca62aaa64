// Which cells a scope names.
#pragma once

#include <string>

#include "audit/law/policy.h"

namespace linkaudit::law {

// What the scope says, and nothing else: for waivers. `link` is "" for a platform without links; a scope that names
// links does not cover it.
bool covers(const Scope& scope, const JudgedContext& context, const JudgedPlatform& platform, const std::string& link);

// For obligations: an operator's own platforms in its own host app are outside unless the scope names the platform or
// the link.
bool obliges(const Scope& scope, const JudgedContext& context, const JudgedPlatform& platform, const std::string& link);

}  // namespace linkaudit::law
