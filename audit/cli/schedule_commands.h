// The subcommands of `schedule`, one file each; and what they share.
#pragma once

#include <string>

#include "audit/catalog/catalog.h"
#include "audit/run/cell_fires.h"

namespace CLI {
class App;
}

namespace linkaudit::cli {

class Session;

void add_schedule_list(CLI::App& command, Session& session);
void add_schedule_next(CLI::App& command, Session& session);
void add_schedule_explain(CLI::App& command, Session& session);
void add_schedule_install(CLI::App& command, Session& session);

// Throws Refused naming the option.
run::Timetable timetable(const std::string& option, const std::string& cron, const std::string& zone);

}  // namespace linkaudit::cli
