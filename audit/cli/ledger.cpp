#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/session.h"

namespace linkaudit::cli {
namespace {

void verify(Session& session) {
  session.only({Format::text, Format::json, Format::ndjson});
  const log::Log log = session.read_log();
  const std::optional<std::string> misfit = log.verify();
  const std::string root = log::to_hex(log.root());
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    nlohmann::json document = {{"verified", !misfit}, {"entries", log.size()}, {"root", root}};
    if (misfit) document["misfit"] = *misfit;
    session.out << document.dump() << '\n';
  } else if (misfit) {
    session.out << session.word("ledger.misfit") << *misfit << '\n';
  } else {
    session.out << fmt::format(fmt::runtime(session.word("ledger.verified")), log.size(), root) << '\n';
  }
  if (misfit) session.exit = kUnverified;
}

void checkpoint(Session& session) {
  session.only({Format::text, Format::json, Format::ndjson});
  const log::Log log = session.read_log();
  const std::string root = log::to_hex(log.root());
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    session.out << nlohmann::json{{"entries", log.size()}, {"root", root}}.dump() << '\n';
  } else {
    session.out << log.size() << ' ' << root << '\n';
  }
}

}  // namespace

void add_ledger(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("ledger", "Custody of the log");
  command->require_subcommand(1);
  command->add_subcommand("verify", "Recompute every hash of the log and of its tree")->callback([&session] {
    verify(session);
  });
  command->add_subcommand("checkpoint", "Number of entries and Merkle root")->callback([&session] {
    checkpoint(session);
  });
}

}  // namespace linkaudit::cli
