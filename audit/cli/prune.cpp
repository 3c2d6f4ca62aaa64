#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/run/evidence_prune.h"

namespace linkaudit::cli {
namespace {

struct PruneOptions {
  bool yes = false;
};

void prune(Session& session, const PruneOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const probes::Instant before = session.now() - std::chrono::days(catalog.retention_days);
  const run::Prunable found = [&] {
    if (!options.yes) return run::prunable(session.read_log(), before);
    session.read_log();  // refuses to make a database
    log::Log log = session.open_log();
    return run::prune(log, before, session.now());
  }();
  const std::string since = law::format_instant(before, catalog.zone);
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    session.out << nlohmann::json{{"before", since},
                                  {"retention_days", catalog.retention_days},
                                  {"blobs", found.sha256.size()},
                                  {"observations", found.observations},
                                  {"bytes", found.stored_bytes},
                                  {"pruned", options.yes}}
                       .dump()
                << '\n';
    return;
  }
  const std::string words = session.word(options.yes ? "prune.done" : "prune.would");
  session.out << fmt::format(fmt::runtime(words), found.sha256.size(), found.observations, found.stored_bytes, since)
              << '\n';
}

}  // namespace

void add_prune(CLI::App& app, Session& session) {
  auto options = std::make_shared<PruneOptions>();
  CLI::App* command =
      app.add_subcommand("prune", "Free evidence older than the catalog's evidence.retention_days; entries stay");
  command->add_flag("--yes", options->yes, "Do it; without, only says what would be freed");
  command->callback([options, &session] { prune(session, *options); });
}

}  // namespace linkaudit::cli
