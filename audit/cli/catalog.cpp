#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/retest.h"
#include "audit/cli/session.h"

namespace linkaudit::cli {
namespace {

void check(Session& session) {
  session.only({Format::text});
  const catalog::Catalog catalog = session.load_catalog_to_probe();
  std::size_t contexts = 0, links = 0;
  for (const auto& host : catalog.hosts) contexts += host.contexts.size();
  for (const auto& platform : catalog.platforms) links += platform.links.size();
  session.out << fmt::format(fmt::runtime(session.word("catalog.good")), catalog.hosts.size(), contexts,
                             catalog.platforms.size(), links, catalog.rules.size(), catalog.obligations.size(),
                             catalog.schedules.size())
              << "\nsha256 " << catalog.version << '\n';
}

}  // namespace

void add_catalog(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("catalog", "What is audited, by which rules");
  command->require_subcommand(1);
  command->add_subcommand("check", "Check the catalog; every problem with its place")->callback([&session] {
    check(session);
  });
  command->add_subcommand("show", "The catalog in force, as YAML")->callback([&session] {
    session.only({Format::text});
    session.out << session.load_catalog().canonical_text;
  });
  auto options = std::make_shared<ObservationOptions>();
  CLI::App* test =
      command->add_subcommand("test", "Judge the kept evidence again by these rules; show what would change");
  add_observation_options(*test, *options);
  test->callback([options, &session] { retest(session, *options); });
}

}  // namespace linkaudit::cli
