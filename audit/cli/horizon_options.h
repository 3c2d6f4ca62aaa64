// --as-of and --known-at: up to when it was seen, and up to when the log knew it.
#pragma once

#include <string>

#include "audit/cli/session.h"
#include "audit/log/read.h"

namespace CLI {
class App;
}

namespace linkaudit::cli {

struct HorizonOptions {
  std::string as_of, known_at;
};

// `what` is said of --as-of.
void add_horizon_options(CLI::App& command, HorizonOptions& options, const std::string& what);
void add_known_at(CLI::App& command, std::string& known_at);

// Throws Refused naming the option that does not fit.
log::Horizon horizon_of(const Session& session, const log::Log& log, const catalog::Catalog& catalog,
                        const HorizonOptions& options);

// The newest entry that the log had then: an instant, a date (to the end of it), or the entry itself. Nothing when
// empty.
std::optional<std::int64_t> known_entry_of(const Session& session, const log::Log& log, const catalog::Catalog& catalog,
                                           const std::string& known_at);

}  // namespace linkaudit::cli
