// Writes down from when on which catalog plans.
#pragma once

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"
#include "audit/run/eras.h"

namespace linkaudit::run {

// From here on this catalog's schedules plan, if they do not yet. What the era before had planned up to now at cells
// that this catalog's schedules do not have is recorded as `missed`, together with the catalog. The era begins now, but
// not before any fire that was dealt with: a clock that was set back plans nothing twice.
void begin_era(const catalog::Catalog& catalog, log::Log& log, Shelf& shelf, probes::Instant now);

// Makes sure that the log holds this version of the catalog, for what is seen under it; it plans nothing.
void record_catalog(const catalog::Catalog& catalog, log::Log& log, probes::Instant now);

}  // namespace linkaudit::run
