#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/baseline.h"
#include "audit/cli/commands.h"
#include "audit/cli/horizon_options.h"
#include "audit/cli/known_ids.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/query/as_json.h"
#include "audit/query/open.h"
#include "audit/query/totals.h"
#include "audit/query/waivers_in_words.h"

namespace linkaudit::cli {
namespace {

struct FindingsOptions {
  HorizonOptions horizon;
  std::string obligation, platform, context, status, tolerate, baseline, new_baseline;
  bool gate = false, open = false;
};

bool unlike(const std::string& wanted, std::string_view value) {
  return !wanted.empty() && wanted != value;
}

// To what is asked about: totals are taken of this.
void narrow(std::vector<law::Finding>& findings, const FindingsOptions& options) {
  std::erase_if(findings, [&](const law::Finding& finding) {
    return unlike(options.obligation, finding.obligation) || unlike(options.platform, finding.platform) ||
           unlike(options.context, finding.context);
  });
}

// To what is listed of it.
void pick(std::vector<law::Finding>& findings, const FindingsOptions& options) {
  std::erase_if(findings, [&](const law::Finding& finding) {
    return unlike(options.status, name(finding.status)) || (options.open && query::open_reasons(finding).empty());
  });
}

// What is asked about decides, listed or not.
bool fails_gate(const std::vector<law::Finding>& findings, const FindingsOptions& options) {
  return std::any_of(findings.begin(), findings.end(), [&](const law::Finding& finding) {
    if (finding.status != law::Status::breached) return false;
    return options.tolerate != "suspected" || finding.confidence == law::Confidence::confirmed;
  });
}

void hold_gate(Session& session, const std::vector<law::Finding>& findings, const FindingsOptions& options) {
  if (!fails_gate(findings, options)) return;
  session.exit = kBreaches;
  const query::Totals totals = query::totals_of(findings);
  session.err << fmt::format(fmt::runtime(session.word("gate.failed")), totals.of(law::Status::breached),
                             totals.in_force, totals.confirmed)
              << '\n';
}

void new_baseline(Session& session, const catalog::Catalog& catalog, std::vector<law::Finding> findings,
                  const FindingsOptions& options, law::Instant as_of) {
  constexpr int kDays = 90;
  std::erase_if(findings, [](const law::Finding& finding) { return finding.status != law::Status::breached; });
  write_baseline(options.new_baseline, catalog, findings, as_of, kDays);
  session.out << fmt::format(fmt::runtime(session.word("baseline.written")), findings.size(), options.new_baseline)
              << '\n';
}

void say_waivers(Session& session, const std::vector<std::pair<std::string, std::string>>& waivers) {
  if (!waivers.empty()) session.out << '\n';
  for (const auto& [about, sentence] : waivers) session.out << sentence << '\n';
}

void show_findings(Session& session, const catalog::Catalog& catalog, query::View view,
                   const FindingsOptions& options) {
  const query::Reader reader{catalog, session.language()};
  nlohmann::json document = query::findings_document(view);
  document["catalog"] = catalog.version;
  const auto waivers = query::waivers_in_words(reader, view);
  pick(view.findings, options);
  document["findings"] = query::findings_list(view.findings);
  session.say_horizon(view.horizon, catalog);
  show(session, catalog,
       options.open ? query::open_table(reader, view.findings)
                    : query::findings_table(reader, view.findings, session.format() == Format::csv),
       document, "findings");
  if (session.format() == Format::text) say_waivers(session, waivers);
}

void findings(Session& session, const FindingsOptions& options) {
  const catalog::Catalog catalog = with_baseline(session, session.load_catalog(), options.baseline);
  require_obligation(catalog, options.obligation);
  require_platform(catalog, options.platform);
  require_context(catalog, options.context);
  const log::Log log = session.read_log();
  const log::Horizon horizon = horizon_of(session, log, catalog, options.horizon);
  query::View view = query::look(log, catalog, horizon.as_of, horizon.known_entry);
  narrow(view.findings, options);
  if (view.without_waivers) narrow(*view.without_waivers, options);
  if (!options.new_baseline.empty()) {
    return new_baseline(session, catalog, view.findings, options, horizon.as_of);
  }
  if (options.gate) hold_gate(session, view.findings, options);
  show_findings(session, catalog, std::move(view), options);
}

}  // namespace

void add_findings(CLI::App& app, Session& session) {
  auto options = std::make_shared<FindingsOptions>();
  CLI::App* command = app.add_subcommand("findings", "Every obligation applied to every platform and context");
  add_horizon_options(*command, options->horizon, "Instant or date to judge at; now when left out");
  command->add_option("--obligation", options->obligation, "Only this obligation")->type_name("ID");
  command->add_option("--platform", options->platform, "Only this platform")->type_name("ID");
  command->add_option("--context", options->context, "Only this context")->type_name("ID");
  command->add_option("--status", options->status, "Only this status")
      ->check(CLI::IsMember({"not_due", "met", "breached", "undetermined", "exempt"}));
  command->add_flag("--open", options->open,
                    "The to-do list: what is disputed, contradicted, not yet seen again, stale or not looked at");
  CLI::Option* gate = command->add_flag("--gate", options->gate,
                                        "Exit with 2 when a breach is among what is asked about, listed or not");
  command->add_option("--tolerate", options->tolerate, "With --gate: breaches that are only suspected pass")
      ->check(CLI::IsMember({"suspected"}))
      ->needs(gate);
  command->add_option("--baseline", options->baseline, "Waivers of breaches that are accepted, in a file of their own")
      ->type_name("FILE");
  command
      ->add_option("--write-baseline", options->new_baseline,
                   "Write the breaches to a new file to be filled in for --baseline, and no findings")
      ->type_name("FILE")
      ->excludes(gate);
  command->callback([options, &session] { findings(session, *options); });
}

}  // namespace linkaudit::cli
