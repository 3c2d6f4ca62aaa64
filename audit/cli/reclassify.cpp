#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/retest.h"
#include "audit/run/reclassify.h"

namespace linkaudit::cli {
namespace {

struct ReclassifyOptions {
  ObservationOptions observations;
  bool dry_run = false;
};

void try_out(Session& session, const ObservationOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const auto [horizon, filter] = wanted(session, log, catalog, options);
  Retests retests(session, catalog, "retest");
  const auto counts = run::retest(catalog, log, horizon, filter, [&](const auto& change) { retests.add(change); });
  retests.show(session, counts, {{"dry_run", true}, {"written", 0}}, "reclassify.would");
}

void reclassify(Session& session, const ObservationOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  session.read_log();  // refuses when there is none: nothing is made here
  log::Log log = session.open_log();
  const auto [horizon, filter] = wanted(session, log, catalog, options);
  Retests retests(session, catalog, "reclassified");
  std::int64_t written = 0;
  const auto counts =
      run::reclassify(catalog, log, horizon, filter, session.now(), [&](const auto& change, std::int64_t entry) {
        retests.add(change, entry);
        ++written;
      });
  retests.show(session, counts, {{"dry_run", false}, {"written", written}}, "reclassify.done");
}

}  // namespace

void add_reclassify(CLI::App& app, Session& session) {
  auto options = std::make_shared<ReclassifyOptions>();
  CLI::App* command = app.add_subcommand(
      "reclassify", "Judge the kept evidence again by these rules; what changes is written as new entries");
  command->add_flag("--dry-run", options->dry_run, "Show what would be written, and write nothing");
  add_observation_filters(*command, options->observations);
  command->callback([options, &session] {
    options->dry_run ? try_out(session, options->observations) : reclassify(session, options->observations);
  });
}

}  // namespace linkaudit::cli
