// What the commands share that say something of earlier entries.
#pragma once

#include <cstdint>
#include <optional>

#include "audit/catalog/catalog.h"
#include "audit/cli/session.h"
#include "audit/log/log.h"

namespace linkaudit::cli {

// For writing, if there is one: what is refused must not make it.
std::optional<log::Log> log_if_there(Session& session);
// Refused when there is none.
log::Log log_that_is_there(Session& session);

// Appends it, said now, and says so.
void record(const Session& session, const catalog::Catalog& catalog, log::Log& log, log::Annotation annotation);

}  // namespace linkaudit::cli
