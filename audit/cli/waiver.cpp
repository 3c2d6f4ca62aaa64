#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/annotations.h"
#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/query/as_json.h"
#include "audit/query/view.h"
#include "audit/run/waivers.h"

namespace linkaudit::cli {
namespace {

void list(Session& session, const std::string& as_of) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const query::View view = query::look(log, catalog, session.instant("--as-of", as_of, catalog));
  nlohmann::json document = {{"waivers", nlohmann::json::array()}};
  for (const query::WaiverShown& waiver : view.waivers) document["waivers"].push_back(query::to_json(waiver));
  show(session, catalog, query::waivers_table({catalog, session.language()}, view.waivers), document, "waivers");
}

// What the catalog says of waivers now, written down without a look at anything.
void record(Session& session) {
  session.only({Format::text, Format::json, Format::ndjson});
  const catalog::Catalog catalog = session.load_catalog();
  const probes::Instant now = session.now();
  log::Log log = session.open_log();
  const std::vector<log::NewEntry> entries = run::waiver_entries(catalog, log, now);
  const std::vector<std::int64_t> numbers = log.append(entries, now);
  nlohmann::json document = {{"waivers", nlohmann::json::array()}};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& waiver = std::get<log::WaiverRecord>(entries[i]);
    document["waivers"].push_back({{"entry", numbers[i]}, {"id", waiver.id}, {"change", name(waiver.change)}});
  }
  if (session.format() != Format::text) return print_json(session, document, "waivers");
  if (entries.empty()) session.out << session.word("waiver.record.none") << '\n';
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& waiver = std::get<log::WaiverRecord>(entries[i]);
    session.out << fmt::format(fmt::runtime(session.word("waiver.record.done")), waiver.id,
                               session.word("waiver." + std::string(name(waiver.change))), numbers[i])
                << '\n';
  }
}

}  // namespace

void add_waiver(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("waiver", "What the log knows of the catalog's waivers");
  command->require_subcommand(1);
  auto as_of = std::make_shared<std::string>();
  CLI::App* shown =
      command->add_subcommand("list", "Waivers of the catalog and those that went, since when they are known");
  shown->add_option("--as-of", *as_of, "Instant or date to judge at; now when left out")->type_name("TIME");
  shown->callback([as_of, &session] { list(session, *as_of); });
  CLI::App* recorded =
      command->add_subcommand("record", "Write down what came, changed or went since a command last wrote");
  recorded->callback([&session] { record(session); });
}

}  // namespace linkaudit::cli
