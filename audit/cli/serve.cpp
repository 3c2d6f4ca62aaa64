#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/custody.h"
#include "audit/cli/scheduled_reports.h"
#include "audit/cli/session.h"
#include "audit/log/key_file.h"
#include "audit/serve/service.h"
#include "reports/text.h"

namespace linkaudit::cli {
namespace {

struct ServeOptions {
  bool no_http = false, detach = false;
  std::string pid_file;
};

void serve_now(Session& session, const ServeOptions& options) {
  session.only({Format::text});
  if (!options.no_http) throw Refused("serve: pages are not served yet; say --no-http");
  serve::ServiceRequest request;
  request.daemon.catalog = session.load_catalog();  // mistakes are told before the terminal is left
  // The working directory changes on the way.
  session.globals.database = absolute_path(session.globals.database);
  session.globals.catalogs = session.catalog_paths();
  for (std::string& path : session.globals.catalogs) path = absolute_path(path);
  if (!session.globals.key.empty()) session.globals.key = absolute_path(session.globals.key);
  request.daemon.database = session.globals.database;
  request.daemon.language = session.language();
  request.daemon.load = [&session] { return session.load_catalog(); };
  request.daemon.after_run = [&session](const catalog::Catalog& catalog, const std::vector<std::string>& schedules,
                                        probes::Instant ended) {
    issue_scheduled(session, catalog, schedules, ended);
    try {
      sign_what_was_written(session);
    } catch (const log::KeyLost& lost) {  // what is seen meanwhile is worth more; ending, it is told again
      session.err << lost.what() << std::endl;
    }
  };
  request.daemon.now = session.now;
  request.daemon.say = [&session](const std::string& line) {
    session.err << reports::plain_text(line, reports::Breaks::join) << std::endl;
  };
  request.detach = options.detach;
  if (!options.pid_file.empty()) request.pid_file = absolute_path(options.pid_file);
  session.open_log();  // and so is a file that is no database of ours
  if (!serve::serve(std::move(request))) {
    throw Refused(session.globals.database + ": another daemon serves this database");
  }
}

}  // namespace

void add_serve(CLI::App& app, Session& session) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command = app.add_subcommand("serve", "Probe what is due, all the time, until stopped");
  command->add_flag("--no-http", options->no_http, "Without pages");
  command->add_flag("--detach", options->detach, "Leave the terminal and go on in the background");
  command->add_option("--pidfile", options->pid_file, "Holds the process number while it runs")->type_name("FILE");
  command->callback([options, &session] { serve_now(session, *options); });
}

}  // namespace linkaudit::cli
