#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/session.h"

namespace linkaudit::cli {
namespace {

struct Options {
  std::int64_t first = 1, last = INT64_MAX;
};

// Each line: the entry's number, its leaf hash, and the record exactly as it was hashed (a string of canonical JSON).
void export_entries(Session& session, const Options& options) {
  const log::Log log = session.read_log();
  log.for_each_entry(options.first, options.last, [&](const log::Entry& entry) {
    session.out << nlohmann::json{{"entry", entry.seq}, {"leaf", log::to_hex(entry.leaf)}, {"record", entry.record}}.dump(
                       -1, ' ', false, nlohmann::json::error_handler_t::replace)
                << '\n';
    return bool(session.out);
  });
}

}  // namespace

void add_export(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("export", "The entries of the log, one JSON object a line");
  command->add_option("--first", options->first, "From this entry")->check(CLI::PositiveNumber)->type_name("N");
  command->add_option("--last", options->last, "Up to this entry")->check(CLI::PositiveNumber)->type_name("N");
  command->callback([options, &session] { export_entries(session, *options); });
}

}  // namespace linkaudit::cli
