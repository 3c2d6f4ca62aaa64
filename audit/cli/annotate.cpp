#include <CLI/CLI.hpp>
#include <memory>

#include "audit/cli/annotations.h"
#include "audit/cli/commands.h"
#include "audit/cli/session.h"
#include "audit/log/annotations.h"
#include "audit/log/pruning.h"

namespace linkaudit::cli {
namespace {

struct AnnotateOptions {
  std::int64_t entry = 0;
  std::string note, by;
};

void annotate(Session& session, const AnnotateOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  const catalog::Catalog catalog = session.load_catalog();
  log::Log log = log_that_is_there(session);
  if (!log.entry(options.entry)) throw Refused("ENTRY: the log has no entry " + std::to_string(options.entry));
  const auto seen = log::observation_at(log, options.entry);
  log::Annotation note;
  note.about = options.entry;
  note.by = options.by;
  note.note = options.note;
  if (log::is_pruning(note)) throw Refused("--by: \"" + note.by + "\" is what retention signs with; name a person");
  note.simulated = seen ? seen->observation.simulated : catalog.simulated;
  record(session, catalog, log, std::move(note));
}

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

void add_annotate(CLI::App& app, Session& session) {
  auto options = std::make_shared<AnnotateOptions>();
  CLI::App* command =
      app.add_subcommand("annotate", "Say something of an entry, as an entry of its own: judging stays as it is");
  const CLI::Validator said([](std::string& text) { return is_blank(text) ? std::string("is empty") : std::string(); },
                            "TEXT");
  command->add_option("ENTRY", options->entry, "Number of the entry, as query shows it")->required();
  command->add_option("--note", options->note, "What is to be said")->required()->check(said);
  command->add_option("--by", options->by, "Who says it")->required()->check(said);
  command->callback([options, &session] { annotate(session, *options); });
}

}  // namespace linkaudit::cli
