// The order in which findings are read: the gravest first.
#pragma once

#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::query {

// Breached confirmed, breached suspected, exempt, undetermined, never looked at, met, not due; then days overdue, then
// as they were given. The findings must outlive it.
std::vector<const law::Finding*> by_gravity(const std::vector<law::Finding>& findings);

}  // namespace linkaudit::query
