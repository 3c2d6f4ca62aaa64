// Reports that schedules name, issued after their runs.
#pragma once

#include <string>
#include <vector>

#include "audit/cli/session.h"

namespace linkaudit::cli {

// Whether any of these schedules names one.
bool reports_scheduled(const catalog::Catalog& catalog, const std::vector<std::string>& schedules);

// Of each report that one of these schedules names, once: writes its file, as of `ended`, beside the database, and logs
// that it was issued. A report that cannot be made is said to session.err, and the others are made; returns whether all
// were.
bool issue_scheduled(Session& session, const catalog::Catalog& catalog, const std::vector<std::string>& schedules,
                     probes::Instant ended);

}  // namespace linkaudit::cli
