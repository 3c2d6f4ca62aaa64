#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/horizon_options.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/query/as_json.h"
#include "audit/query/diff.h"
#include "audit/run/retest.h"

namespace linkaudit::cli {
namespace {

struct DiffOptions {
  std::string from, to;
  HorizonOptions horizon;
};

nlohmann::json instant(probes::Instant value) {
  return law::format_instant(value, "UTC");
}

void show_changes(Session& session, const catalog::Catalog& catalog, const query::Diff& diff, nlohmann::json document) {
  document["simulated"] = catalog.simulated;
  document["changes"] = nlohmann::json::array();
  for (const query::Change& change : diff.changes) document["changes"].push_back(query::to_json(change));
  document["unseen"] = diff.unseen;
  const bool text = session.format() == Format::text;
  show(session, catalog, query::changes_table({catalog, session.language()}, diff.changes, !text), document, "changes");
  if (text && diff.unseen > 0) {
    session.out << '\n' << fmt::format(fmt::runtime(session.word("diff.unseen")), diff.unseen) << '\n';
  }
}

void diff_instants(Session& session, const DiffOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const probes::Instant from = session.instant("FROM", options.from, catalog);
  const probes::Instant to = session.instant("TO", options.to, catalog);
  if (to < from) throw Refused("TO lies before FROM");
  const auto known = known_entry_of(session, log, catalog, options.horizon.known_at);
  show_changes(session, catalog, query::diff_of_instants(log, catalog, from, to, known),
               {{"from", instant(from)}, {"to", instant(to)}, {"catalog", catalog.version}});
}

// What the two read differently in what is kept of pages; nothing when both read alike.
std::vector<query::ReadTwice> read_by_both(const catalog::Catalog& from, const catalog::Catalog& to,
                                           const log::Log& log, const log::Horizon& horizon,
                                           run::RetestCounts& counts) {
  std::vector<query::ReadTwice> different;
  if (catalog::knowledge_of(from) == catalog::knowledge_of(to)) return different;
  counts = run::retest_by_two(from, to, log, horizon,
                              [&](std::int64_t entry, const probes::Observation& was, const probes::Observation& is) {
                                if (!was.link.empty()) different.push_back({entry, was, is});
                              });
  return different;
}

void diff_catalogs(Session& session, const DiffOptions& options) {
  std::vector<std::string> paths = session.globals.catalogs;
  if (paths.empty() || paths.size() > 2) {
    throw Refused("FROM is missing; or give --catalog A --catalog B to compare two catalogs over the same facts");
  }
  const std::string to_path = paths.back();
  paths.pop_back();
  if (paths.empty()) {  // the catalog that is there without --catalog
    session.globals.catalogs.clear();
    paths = session.catalog_paths();
  }
  const catalog::Catalog from = session.load_catalog_of(paths), to = session.load_catalog_of({to_path});
  if (from.simulated != to.simulated) throw Refused("--catalog: one of the two is simulated, the other is not");
  const log::Log log = session.read_log();
  const log::Horizon horizon = horizon_of(session, log, to, options.horizon);
  run::RetestCounts counts;
  const auto rules = read_by_both(from, to, log, horizon, counts);
  session.say_horizon(horizon, to);
  show_changes(session, to, query::diff_of_catalogs(log, from, to, horizon, rules),
               {{"from", instant(horizon.as_of)},
                {"to", instant(horizon.as_of)},
                {"catalog_from", from.version},
                {"catalog_to", to.version},
                {"read_again", counts.tested},
                {"read_otherwise", counts.changed},
                {"not_kept", counts.not_kept}});
  if (session.format() == Format::text && counts.tested + counts.not_kept > 0) {
    session.out << '\n'
                << fmt::format(fmt::runtime(session.word("diff.read")), counts.changed, counts.tested, counts.not_kept)
                << '\n';
  }
}

}  // namespace

void add_diff(CLI::App& app, Session& session) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* command = app.add_subcommand(
      "diff",
      "Findings that differ, and whether the world or the rules changed: between two instants, or two catalogs");
  CLI::Option* from = command->add_option("FROM", options->from, "Instant or date");
  command->add_option("TO", options->to, "Instant or date; now when left out");
  command
      ->add_option("--as-of", options->horizon.as_of,
                   "Instead of FROM and TO: --catalog A --catalog B over the same facts at this instant or date")
      ->type_name("TIME")
      ->excludes(from);
  add_known_at(*command, options->horizon.known_at);
  command->callback([options, &session] {
    options->from.empty() ? diff_catalogs(session, *options) : diff_instants(session, *options);
  });
}

}  // namespace linkaudit::cli
