// An observation told to a person: the way hop by hop, what was shown, and who stands in the way.
#pragma once

#include <iosfwd>

#include "audit/catalog/catalog.h"
#include "probes/observation.h"
#include "reports/report.h"

namespace linkaudit::cli {

void explain(const probes::Observation& seen, const catalog::Catalog& catalog, reports::Language language,
             std::ostream& out);

}  // namespace linkaudit::cli
