#include "audit/cli/command_line.h"

#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "audit/catalog/credentials.h"
#include "audit/cli/commands.h"
#include "audit/cli/custody.h"
#include "audit/cli/session.h"
#include "reports/text.h"

namespace linkaudit::cli {
namespace {

void add_globals(CLI::App& app, Globals& globals) {
  app.add_option("--catalog", globals.catalogs, "Catalog file laid over the built-in one; may stand several times")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--db", globals.database, "Database file")->type_name("FILE")->capture_default_str();
  app.add_option("--key", globals.key, "Key that signs the log's checkpoints; made when it is not there")
      ->type_name("FILE")
      ->default_str("FILE.key beside the database");
  app.add_option("--lang", globals.language, "Language of what is shown; both: Chinese, reports with headings in both")
      ->check(CLI::IsMember({"en", "zh", "both"}))
      ->type_name("en|zh|both")
      ->capture_default_str();
  app.add_option("--format", globals.format, "Format of results")
      ->check(CLI::IsMember({"text", "json", "ndjson", "csv"}))
      ->type_name("text|json|ndjson|csv")
      ->capture_default_str();
}

void add_commands(CLI::App& app, Session& session) {
  add_demo(app, session);
  add_check(app, session);
  add_run(app, session);
  add_attest(app, session);
  add_import(app, session);
  add_annotate(app, session);
  add_waiver(app, session);
  add_export(app, session);
  add_matrix(app, session);
  add_findings(app, session);
  add_history(app, session);
  add_diff(app, session);
  add_query(app, session);
  add_sql(app, session);
  add_runs(app, session);
  add_report(app, session);
  add_reports(app, session);
  add_schedule(app, session);
  add_serve(app, session);
  add_ledger(app, session);
  add_database(app, session);
  add_prune(app, session);
  add_catalog(app, session);
  add_reclassify(app, session);
  add_lab(app, session);
}

// Whoever read what we print has gone, as `head` does when it has seen enough: that is no error.
bool reader_is_gone() {
  pollfd standard_output{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&standard_output, 1, 0) == 1 && (standard_output.revents & POLLERR) != 0;
}

// What is tied to it is flushed before, and may have nobody left to read it.
// What is quoted was typed, or stands in a file that was given: it is masked like what is stored.
int complain(const Session& session, const std::string& what, int code) {
  std::ostream& err = session.err;
  if (err.tie() != nullptr) err.tie()->exceptions(std::ios::goodbit);
  err << "linkaudit: " << reports::plain_text(catalog::mask_words(what, session.secret_parameters())) << std::endl;
  return code;
}

// A command that reads has its stream throw; when the process ends it is flushed once more, where nobody catches.
class QuietAtTheEnd {
 public:
  explicit QuietAtTheEnd(std::ostream& out) : out_(out) {}
  ~QuietAtTheEnd() { out_.exceptions(std::ios::goodbit); }
  QuietAtTheEnd(const QuietAtTheEnd&) = delete;
  QuietAtTheEnd& operator=(const QuietAtTheEnd&) = delete;

 private:
  std::ostream& out_;
};

int end_of_output(const Session& session) {
  if (!reader_is_gone()) return complain(session, "standard output cannot be written", kUnexpected);
  return session.exit != kDone ? session.exit : kReaderGone;
}

}  // namespace

int run_command_line(int argc, char** argv, std::ostream& out, std::ostream& err, probes::NowFunction now) {
  const QuietAtTheEnd quiet(out);
  Session session(out, err, std::move(now));
  CLI::App app("Checks whether each platform's links open directly in each chat context, and keeps the proof.",
               "linkaudit");
  app.fallthrough();
  app.set_version_flag("--version", "linkaudit " LINKAUDIT_VERSION);
  add_globals(app, session.globals);
  add_commands(app, session);
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) throw Refused("no command given; linkaudit --help lists them");
    sign_what_was_written(session);
    out.flush();
    return out ? session.exit : end_of_output(session);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error, out, err);  // --help, --version
    return complain(session, error.what(), kUsage);
  } catch (const Refused& refused) {
    return complain(session, refused.what(), kUsage);
  } catch (const log::EntryRefused& refused) {
    return complain(session, refused.what(), kUsage);
  } catch (const log::LogRefused& refused) {
    return complain(session, refused.what(), kUsage);
  } catch (const std::exception& error) {
    if (!out) return end_of_output(session);
    return complain(session, error.what(), kUnexpected);
  }
}

}  // namespace linkaudit::cli
