#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/query/as_json.h"
#include "audit/query/changes.h"

namespace linkaudit::cli {
namespace {

struct DiffOptions {
  std::string from, to;
};

void diff(Session& session, const DiffOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const probes::Instant from = session.instant("FROM", options.from, catalog);
  const probes::Instant to = session.instant("TO", options.to, catalog);
  if (to < from) throw Refused("TO lies before FROM");
  const auto changes = query::changes(query::findings_at(log, catalog, from), query::findings_at(log, catalog, to));
  nlohmann::json document = {{"from", law::format_instant(from, "UTC")}, {"to", law::format_instant(to, "UTC")}};
  document["simulated"] = catalog.simulated;
  document["changes"] = nlohmann::json::array();
  for (const query::Change& change : changes) document["changes"].push_back(query::to_json(change));
  show(session, catalog, query::changes_table({catalog, session.language()}, changes), document, "changes");
}

}  // namespace

void add_diff(CLI::App& app, Session& session) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* command = app.add_subcommand("diff", "Findings whose status changed between two instants");
  command->add_option("FROM", options->from, "Instant or date")->required();
  command->add_option("TO", options->to, "Instant or date; now when left out");
  command->callback([options, &session] { diff(session, *options); });
}

}  // namespace linkaudit::cli
