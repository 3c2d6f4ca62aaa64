#include <CLI/CLI.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/schedule_commands.h"
#include "audit/cli/session.h"
#include "schedules/cron.h"

namespace linkaudit::cli {

run::Timetable timetable(const std::string& option, const std::string& cron, const std::string& zone) {
  const auto parsed = schedules::parse_cron(cron);
  if (!parsed) throw Refused(option + ": " + parsed.error().text);
  const auto loaded = schedules::Zone::load(zone);
  if (!loaded) throw Refused("--zone: \"" + zone + "\" is no time zone; valid are IANA names such as Asia/Shanghai");
  return {*parsed, *loaded};
}

void add_schedule(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("schedule", "When probes are due");
  command->require_subcommand(1);
  add_schedule_list(*command, session);
  add_schedule_next(*command, session);
  add_schedule_explain(*command, session);
  add_schedule_install(*command, session);
}

}  // namespace linkaudit::cli
