#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/attest_template.h"
#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/log/record_json.h"
#include "audit/run/attestation.h"
#include "audit/run/screenshot.h"

namespace linkaudit::cli {
namespace {

struct AttestOptions {
  run::AttestationFields fields;
  std::string screenshot;
  std::string form;  // the workbook to write instead
};

// Never over a file that is there: it may have been filled in.
void write_form(Session& session, const std::string& path) {
  if (!path.ends_with(".xlsx")) throw Refused("--template: " + path + " does not end with .xlsx");
  if (std::filesystem::exists(std::filesystem::symlink_status(path))) {
    throw Refused("--template: " + path + " is there already");
  }
  reports::write_template(attestation_template(session, session.load_catalog()), path);
  session.out << fmt::format(fmt::runtime(session.word("attest.template")), path) << '\n';
}

void attest(Session& session, AttestOptions options) {
  const catalog::Catalog catalog = session.load_catalog();
  const probes::Instant now = session.now();
  if (options.fields["at"].empty()) options.fields["at"] = law::format_instant(now, catalog.zone);
  auto seen = run::attestation_from(options.fields, catalog, now);
  if (!seen) throw Refused(fmt::format("{}", fmt::join(seen.error(), "\n")));
  std::vector<log::Blob> blobs;
  if (!options.screenshot.empty()) {
    auto picture = run::screenshot_blob(options.screenshot, read_file(options.screenshot, run::kMostScreenshotBytes));
    if (!picture) throw Refused(picture.error());
    seen->screenshot = picture->sha256;
    blobs.push_back(std::move(*picture));
  }
  log::Log log = session.open_log();
  const std::vector<log::NewEntry> entries = {log::NewObservation{*seen, std::nullopt}};
  const std::int64_t entry = log.append(entries, now, blobs).front();
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    nlohmann::json document = {{"observations", nlohmann::json::array({log::to_json(*seen, entry)})}};
    print_json(session, document, "observations");
  } else {
    session.say_if_simulated(catalog);
    session.out << (entry == 0 ? session.word("attest.known")
                               : fmt::format(fmt::runtime(session.word("attest.recorded")), entry))
                << '\n';
  }
}

}  // namespace

void add_attest(CLI::App& app, Session& session) {
  auto options = std::make_shared<AttestOptions>();
  CLI::App* command = app.add_subcommand("attest", "Record what a person saw");
  run::AttestationFields& fields = options->fields;
  command->add_option("LINK", fields["link"], "Link id, as taobao/item; required");
  command->add_option("CONTEXT", fields["context"], "Context id, as wechat/group; required");
  command->add_option("--outcome", fields["outcome"], "What was shown: direct, confirm, blocked ...; required");
  command->add_option("--observer", fields["observer"], "Who looked; required")->type_name("WHO");
  command->add_option("--at", fields["at"], "When, with a zone: 2022-01-27T12:00:00+08:00; now when left out")
      ->type_name("TIME");
  command->add_option("--steps", fields["steps"], "Extra actions before the page")->type_name("N");
  command->add_option("--presentation", fields["presentation"], "card, link, folded, text or text_token");
  command->add_option("--client", fields["client"], "App and version")->type_name("TEXT");
  command->add_option("--source", fields["source"], "A reference: article, ticket")->type_name("TEXT");
  command->add_option("--facts", fields["facts"], "key=value;key=value")->type_name("TEXT");
  command->add_option("--note", fields["note"], "Anything else worth keeping")->type_name("TEXT");
  command->add_option("--blame", fields["blame"], "Who stands in the way; the host app unless said");
  command->add_option("--valid-days", fields["valid_days"], "Days for which it is fresh")->type_name("N");
  command->add_option("--screenshot", options->screenshot, "PNG or JPEG, kept in the database")->type_name("FILE");
  const auto others = command->get_options([](const CLI::Option* option) { return option->get_name() != "--help"; });
  CLI::Option* form = command->add_option("--template", options->form,
                                          "Write a workbook to fill in for `import`, with lists of valid values");
  form->type_name("FILE.xlsx");
  for (CLI::Option* other : others) form->excludes(other);
  command->callback([options, &session] {
    if (options->form.empty()) {
      attest(session, *options);
    } else {
      write_form(session, options->form);
    }
  });
}

}  // namespace linkaudit::cli
