#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/observation_options.h"
#include "audit/cli/session.h"
#include "audit/log/interchange.h"
#include "audit/run/evidence_warc.h"
#include "reports/file.h"

namespace linkaudit::cli {
namespace {

struct ExportOptions {
  std::int64_t first = 1, last = INT64_MAX;
  std::string warc;
  ObservationOptions observations;
};

void export_entries(Session& session, const ExportOptions& options) {
  if (session.format() == Format::csv)
    throw Refused("--format: csv is not for this command; entries are lines of JSON");
  const log::Log log = session.read_log();
  log::for_each_line(log, options.first, options.last, [&](const std::string& line) {
    session.out << line << '\n';
    return bool(session.out);
  });
}

void export_warc(Session& session, const ExportOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const auto [horizon, filter] = wanted(session, log, catalog, options.observations);
  run::WarcCounts counts;
  reports::replace_file_by_stream(options.warc, [&, &bounds = horizon, &asked = filter](std::ostream& out) {
    counts = run::write_warc(log, bounds, asked, out);
  });
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    session.out << nlohmann::json{{"file", options.warc},
                                  {"observations", counts.observations},
                                  {"not_kept", counts.not_kept}}
                       .dump()
                << '\n';
    return;
  }
  session.out << fmt::format(fmt::runtime(session.word("export.warc")), counts.observations, options.warc) << '\n';
  if (counts.not_kept > 0) {
    session.out << fmt::format(fmt::runtime(session.word("evidence.not_kept")), counts.not_kept) << '\n';
  }
}

}  // namespace

void add_export(CLI::App& app, Session& session) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command =
      app.add_subcommand("export", "The entries of the log, one JSON object a line; or its evidence as a WARC file");
  command->add_option("--first", options->first, "From this entry")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}))
      ->type_name("N");
  command->add_option("--last", options->last, "Up to this entry")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}))
      ->type_name("N");
  CLI::Option* warc = command->add_option("--warc", options->warc, "Write what was sent and received to this file");
  warc->type_name("FILE")->excludes("--first")->excludes("--last");
  const std::vector<CLI::Option*> of_entries = command->get_options();
  add_observation_options(*command, options->observations);
  for (CLI::Option* option : command->get_options()) {
    if (std::find(of_entries.begin(), of_entries.end(), option) == of_entries.end()) option->needs(warc);
  }
  command->callback([options, &session] {
    options->warc.empty() ? export_entries(session, *options) : export_warc(session, *options);
  });
}

}  // namespace linkaudit::cli
