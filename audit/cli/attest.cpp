#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/annotations.h"
#include "audit/cli/attest_template.h"
#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/screenshots.h"
#include "audit/cli/session.h"
#include "audit/law/calendar.h"
#include "audit/log/annotations.h"
#include "audit/log/record_json.h"
#include "audit/query/as_json.h"
#include "audit/run/attestation.h"
#include "audit/run/corrections.h"
#include "audit/run/waivers.h"

namespace linkaudit::cli {
namespace {

struct AttestOptions {
  run::AttestationFields fields;
  std::string form;                      // the workbook to write instead
  std::optional<std::int64_t> withdraw;  // the entry to take back instead
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

// What a correction leaves out is as in what it corrects: the same look at the same link in the same context.
void fill_in(run::AttestationFields& fields, const log::Log* log) {
  std::int64_t about = 0;
  const std::string& number = fields["corrects"];
  std::from_chars(number.data(), number.data() + number.size(), about);
  const auto old = log == nullptr ? std::nullopt : log::observation_at(*log, about);
  if (!old) return;
  const auto fill = [&](const char* field, const std::string& value) {
    if (fields[field].empty()) fields[field] = value;
  };
  fill("link", old->observation.link);
  fill("context", old->observation.context);
  fill("at", law::format_instant(old->observation.at, "UTC"));
}

run::Attestation checked(AttestOptions& options, const catalog::Catalog& catalog, run::Corrections& corrections,
                         Screenshots& screenshots, const log::Log* log, probes::Instant now) {
  fill_in(options.fields, log);
  if (options.fields["at"].empty()) options.fields["at"] = law::format_instant(now, catalog.zone);
  auto said = run::attestation_from(options.fields, catalog, now);
  if (!said) throw Refused(fmt::format("{}", fmt::join(said.error(), "\n")));
  const auto keep = [&](const std::string& file) { return screenshots.keep(file); };
  if (const std::string problem = run::problem_of(*said, corrections, keep); !problem.empty()) throw Refused(problem);
  return *said;
}

void show(Session& session, const catalog::Catalog& catalog, const run::Attestation& said, std::int64_t entry,
          const std::optional<log::LoggedAnnotation>& correction) {
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    nlohmann::json document = {{"observations", nlohmann::json::array({log::to_json(said.seen, entry)})}};
    if (correction) document["annotations"] = nlohmann::json::array({query::to_json(*correction)});
    return print_json(session, document, "observations");
  }
  session.say_if_simulated(catalog);
  session.out << (entry == 0 ? session.word("attest.known")
                             : fmt::format(fmt::runtime(session.word("attest.recorded")), entry))
              << '\n';
  if (!correction) return;
  session.out << fmt::format(fmt::runtime(session.word("annotation.correction.recorded")), correction->entry,
                             correction->annotation.about)
              << '\n';
}

void attest(Session& session, AttestOptions options) {
  session.only({Format::text, Format::json, Format::ndjson});
  const catalog::Catalog catalog = session.load_catalog();
  const probes::Instant now = session.now();
  std::optional<log::Log> log;
  if (!options.fields["corrects"].empty()) log = log_if_there(session);
  run::Corrections corrections(log ? &*log : nullptr, now);
  Screenshots screenshots("");
  const run::Attestation said = checked(options, catalog, corrections, screenshots, log ? &*log : nullptr, now);
  if (!log) log = session.open_log();
  std::vector<log::NewEntry> entries = run::waiver_entries(catalog, *log, now);
  const std::size_t first = entries.size();
  corrections.add(said, entries);
  const std::vector<std::int64_t> numbers = log->append(entries, now, screenshots.blobs());
  std::optional<log::LoggedAnnotation> correction;
  if (numbers.size() > first + 1) {
    correction = {numbers.back(), now, std::get<log::Annotation>(entries.back())};
    correction->annotation.replacement = log::known_attestation(*log, said.seen).value_or(0);
  }
  show(session, catalog, said, numbers[first], correction);
}

void withdraw(Session& session, AttestOptions options) {
  session.only({Format::text, Format::json, Format::ndjson});
  const catalog::Catalog catalog = session.load_catalog();
  if (options.fields["observer"].empty()) throw Refused("observer: is missing; a withdrawal says by whom");
  if (options.fields["note"].empty()) throw Refused("note: is missing; a withdrawal says why");
  log::Log log = log_that_is_there(session);
  log::Annotation withdrawal;
  withdrawal.kind = log::AnnotationKind::withdrawal;
  withdrawal.about = *options.withdraw;
  withdrawal.by = options.fields["observer"];
  withdrawal.note = options.fields["note"];
  withdrawal.simulated = catalog.simulated;
  const std::string problem = run::problem_of_withdrawal(log, withdrawal.about, catalog.simulated);
  if (!problem.empty()) throw Refused("--withdraw: " + problem);
  record(session, catalog, log, std::move(withdrawal));
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
  command->add_option("--facts", fields["facts"], "NAME=VALUE;NAME=VALUE")->type_name("TEXT");
  command->add_option("--note", fields["note"], "Anything else worth keeping")->type_name("TEXT");
  command->add_option("--blame", fields["blame"], "Who stands in the way; the host app unless said");
  command->add_option("--valid-days", fields["valid_days"], "Days for which it is fresh")->type_name("N");
  command->add_option("--screenshot", fields["screenshot"], "PNG or JPEG, kept in the database")->type_name("FILE");
  command
      ->add_option(
          "--corrects", fields["corrects"],
          "Number of the entry in whose place this stands; link, context and time are its own unless given, and "
          "--note says why")
      ->type_name("ENTRY");
  const auto others = command->get_options([](const CLI::Option* option) { return option->get_name() != "--help"; });
  CLI::Option* form = command->add_option("--template", options->form,
                                          "Write a workbook to fill in for `import`, with lists of valid values");
  form->type_name("FILE.xlsx");
  CLI::Option* withdrawn = command->add_option("--withdraw", options->withdraw,
                                               "Instead of all this: the entry that counts no more; --observer says by "
                                               "whom, --note why");
  withdrawn->type_name("ENTRY")->excludes(form);
  for (CLI::Option* other : others) {
    form->excludes(other);
    if (other->get_name() != "--observer" && other->get_name() != "--note") withdrawn->excludes(other);
  }
  command->callback([options, &session] {
    if (!options->form.empty()) return write_form(session, options->form);
    options->withdraw ? withdraw(session, *options) : attest(session, *options);
  });
}

}  // namespace linkaudit::cli
