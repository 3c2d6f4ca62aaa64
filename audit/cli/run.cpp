#include <malloc.h>
#include <unistd.h>

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/known_ids.h"
#include "audit/cli/news.h"
#include "audit/cli/output.h"
#include "audit/cli/progress.h"
#include "audit/cli/scheduled_reports.h"
#include "audit/cli/session.h"
#include "audit/cli/signals.h"
#include "audit/query/as_json.h"
#include "audit/query/cover.h"
#include "audit/query/tables.h"
#include "audit/run/notify.h"
#include "audit/run/planner.h"
#include "audit/run/run_lock.h"
#include "audit/run/runner.h"

namespace linkaudit::cli {
namespace {

struct RunOptions {
  bool due = false, all = false;
  std::string schedule, at, notify;
  catalog::Selection selection;
};

void check_ids(const catalog::Catalog& catalog, const RunOptions& options) {
  for (const std::string& id : options.selection.platforms) require_platform(catalog, id);
  for (const std::string& id : options.selection.contexts) require_context(catalog, id);
  if (options.schedule.empty()) return;
  for (const catalog::ScheduleEntry& schedule : catalog.schedules) {
    if (schedule.id == options.schedule) return;
  }
  throw Refused("--schedule: \"" + options.schedule + "\" is not in the catalog; schedule list shows what is");
}

// --at moves the clock of what is due. Only the lab's clock can be moved for the stamps as well: what is seen of the
// real world is stamped with the real time.
probes::NowFunction clock_of(const Session& session, const catalog::Catalog& catalog, const std::string& at) {
  if (at.empty() || !catalog.simulated) return session.now;
  const auto shift = session.instant("--at", at, catalog) - session.now();
  return [now = session.now, shift] { return now() + shift; };
}

probes::Instant planned_at(const Session& session, const catalog::Catalog& catalog, const RunOptions& options) {
  const probes::Instant at = session.instant("--at", options.at, catalog);
  if (!catalog.simulated && !options.due && !options.at.empty()) {
    throw Refused("--at: says what is due, with --due; what --all sees is seen now");
  }
  if (!catalog.simulated && at > session.now()) throw Refused("--at: " + options.at + " lies in the future");
  return at;
}

void print(Session& session, const catalog::Catalog& catalog, const log::RunRecord& record,
           const std::vector<query::Change>& news) {
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    session.out << news_document(record, news).dump(session.format() == Format::json ? 2 : -1) << '\n';
    return;
  }
  const query::Reader reader{catalog, session.language()};
  const bool table = session.format() == Format::csv;
  if (table) show(session, catalog, query::changes_table(reader, news, true), {}, "");
  session.say_if_simulated(catalog);
  query::Accounting accounting;
  accounting.planned = record.planned;
  accounting.observed = record.observed;
  for (const auto& [reason, count] : record.gaps) accounting.gaps[reason] = count;
  (table ? session.err : session.out) << query::accounting_in_words(reader, accounting) << '\n';
  if (table) return;
  print_news(session, catalog, news);
}

// Another run is under way: what was planned does not happen, and the log says so.
void record_overlap(Session& session, const catalog::Catalog& catalog, log::Log& log, const run::Plan& plan,
                    const probes::NowFunction& now) {
  run::Plan overlap = plan;
  overlap.targets.clear();
  overlap.rounds.clear();
  const probes::Instant at = now();
  for (const probes::Target& target : plan.targets) overlap.leave_out(target, "", at, "overlap");
  const std::string holder = run::RunLock::holder(session.globals.database);
  session.err << fmt::format(fmt::runtime(session.word("run.overlap")), session.globals.database,
                             holder.empty() ? "?" : holder)
              << std::endl;
  const log::RunRecord record = run::execute(catalog, log, overlap, {"all", ""}, now);
  print(session, catalog, record, {});
  session.exit = kGaps;
}

void run_now(Session& session, const RunOptions& options) {
  catalog::Catalog catalog = session.load_catalog_to_probe();
  check_ids(catalog, options);
  const probes::Instant at = planned_at(session, catalog, options);
  const probes::NowFunction now = clock_of(session, catalog, options.at);
  log::Log log = session.open_log();
  const auto lock = run::RunLock::take(session.globals.database);
  if (!lock) {
    if (!options.due) return record_overlap(session, catalog, log, run::plan_all(catalog, options.selection, at), now);
    session.err << session.word("run.busy") << '\n';
    if (session.format() != Format::text && session.format() != Format::csv)
      session.out << news_document({}, {}).dump() << '\n';
    return;
  }
  run::Shelf shelf;
  if (options.due) run::begin_era(catalog, log, shelf, now());
  std::optional<run::Planner> planner;  // numbers all cells
  if (options.due) planner.emplace(catalog, log, shelf);
  const run::Plan plan = options.due ? planner->due(at, options.selection, options.schedule)
                                     : run::plan_all(catalog, options.selection, at);
  if (options.due && plan.planned() == 0) {
    if (session.format() == Format::text)
      session.out << session.word("run.nothing_due") << '\n';
    else if (session.format() == Format::csv)
      show(session, catalog, query::changes_table({catalog, session.language()}, {}, true), {}, "");
    else
      session.out << news_document({}, {}).dump() << '\n';
    return;
  }
  run::record_catalog(catalog, log, now());
  std::string().swap(catalog.canonical_text);  // the log has it, and it may be large
  ::malloc_trim(0);  // reading the catalog took more than what is left, which other threads could not use
  const std::vector<law::Finding> before = findings_before(log, catalog, now());
  ::malloc_trim(0);  // likewise judging
  const StopOnSignal signals;
  run::RunRequest request{options.due ? "due" : "all", options.schedule};
  if (options.due) request.overlapped = [&](probes::Instant ended) { return planner->overlapped(plan, at, ended); };
  const log::RunRecord record = run::execute(catalog, log, plan, request, now, progress_of(session), signals.token());
  const Links links = reports_scheduled(catalog, plan.schedules) ? Links::kept : Links::let_go;
  const std::vector<query::Change> news = news_since(before, findings_after(log, catalog, record.ended, links));
  print(session, catalog, record, news);
  if (!options.notify.empty() && !news.empty()) {
    const int status = run::notify(options.notify, news_document(record, news).dump() + "\n");
    if (status != 0) {
      session.err << fmt::format(fmt::runtime(session.word("run.notify_failed")), status) << '\n';
      session.exit = kUnexpected;
    }
  }
  if (!record.gaps.empty()) session.exit = kGaps;
  if (options.due && !issue_scheduled(session, catalog, plan.schedules, record.ended)) session.exit = kUnexpected;
}

}  // namespace

void add_run(CLI::App& app, Session& session) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "Probe and log what is due, or all");
  CLI::Option* due = command->add_flag("--due", options->due, "What the schedules say is due");
  CLI::Option* all = command->add_flag("--all", options->all, "Every link in every context");
  due->excludes(all);
  command->add_option("--schedule", options->schedule, "Only this schedule (with --due)")->type_name("ID")->needs(due);
  command->add_option("--platform", options->selection.platforms, "Only these platforms")
      ->type_name("ID")
      ->allow_extra_args(false);
  command->add_option("--context", options->selection.contexts, "Only these contexts")
      ->type_name("ID")
      ->allow_extra_args(false);
  command->add_option("--at", options->at, "As if it were this time; with a real catalog only for what is due")
      ->type_name("TIME");
  command->add_option("--notify", options->notify, "Command that gets what is new as JSON on its standard input")
      ->type_name("CMD");
  command->callback([options, &session] {
    if (!options->due && !options->all) throw Refused("run: say --due or --all");
    run_now(session, *options);
  });
}

}  // namespace linkaudit::cli
