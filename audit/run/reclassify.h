// Newer rules applied to what was seen before: the same look with another word, as new entries beside the old one.
#pragma once

#include <cstdint>
#include <functional>

#include "audit/run/retest.h"

namespace linkaudit::run {

// Writes, for every observation of the filter that the rules of the catalog judge otherwise (as retest.h says), the
// same look as these rules have it, and an annotation that names both and both rules: from there on the new one holds.
// All of them or none, after the catalog itself. `written` is told of each with its entry. A second time there is
// nothing to do. Throws log::EntryRefused when somebody else takes back one of them meanwhile.
RetestCounts reclassify(const catalog::Catalog& catalog, log::Log& log, const log::Horizon& horizon,
                        const log::ObservationFilter& filter, probes::Instant now,
                        const std::function<void(const Retested&, std::int64_t entry)>& written);

}  // namespace linkaudit::run
