// Waivers as entries: what came into the catalog, changed there or went since a command last wrote.
#pragma once

#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"

namespace linkaudit::run {

// To be written before whatever else is: what came or changed in the catalog's order, then what went by id. None when
// the log knows the waivers as they are.
std::vector<log::NewEntry> waiver_entries(const catalog::Catalog& catalog, const log::Log& log, probes::Instant now);

}  // namespace linkaudit::run
