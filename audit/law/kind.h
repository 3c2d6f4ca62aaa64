// Moments that no clause can tell apart are of one kind, and each clause judges a kind once: a history of thousands of
// moments has a handful.
#pragma once

#include <cstdint>
#include <vector>

#include "audit/law/timeline.h"

namespace linkaudit::law {

// Numbers the moments' kinds, in order of first appearance; returns a moment of each, by its place.
std::vector<std::size_t> number_kinds(std::vector<Moment>& moments);

}  // namespace linkaudit::law
