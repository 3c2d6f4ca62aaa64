#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/known_ids.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/query/as_json.h"
#include "audit/query/open.h"
#include "audit/query/waivers_in_words.h"

namespace linkaudit::cli {
namespace {

struct FindingsOptions {
  std::string as_of, obligation, platform, context, status, tolerate;
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

bool fails_gate(const query::View& view, const FindingsOptions& options) {
  return std::any_of(view.findings.begin(), view.findings.end(), [&](const law::Finding& finding) {
    if (finding.status != law::Status::breached) return false;
    return options.tolerate != "suspected" || finding.confidence == law::Confidence::confirmed;
  });
}

void say_waivers(Session& session, const std::vector<std::pair<std::string, std::string>>& waivers) {
  if (!waivers.empty()) session.out << '\n';
  for (const auto& [about, sentence] : waivers) session.out << sentence << '\n';
}

void findings(Session& session, const FindingsOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  require_obligation(catalog, options.obligation);
  require_platform(catalog, options.platform);
  require_context(catalog, options.context);
  const log::Log log = session.read_log();
  query::View view = query::look(log, catalog, session.instant("--as-of", options.as_of, catalog));
  narrow(view.findings, options);
  if (view.without_waivers) narrow(*view.without_waivers, options);
  const query::Reader reader{catalog, session.language()};
  nlohmann::json document = query::findings_document(view);
  const auto waivers = query::waivers_in_words(reader, view);
  pick(view.findings, options);
  document["findings"] = query::findings_list(view.findings);
  session.say_as_of(view.horizon.as_of, catalog);
  show(session, catalog,
       options.open ? query::open_table(reader, view.findings)
                    : query::findings_table(reader, view.findings, session.format() == Format::csv),
       document, "findings");
  if (session.format() == Format::text) say_waivers(session, waivers);
  if (options.gate && fails_gate(view, options)) session.exit = kBreaches;
}

}  // namespace

void add_findings(CLI::App& app, Session& session) {
  auto options = std::make_shared<FindingsOptions>();
  CLI::App* command = app.add_subcommand("findings", "Every obligation applied to every platform and context");
  command->add_option("--as-of", options->as_of, "Instant or date to judge at; now when left out")->type_name("TIME");
  command->add_option("--obligation", options->obligation, "Only this obligation")->type_name("ID");
  command->add_option("--platform", options->platform, "Only this platform")->type_name("ID");
  command->add_option("--context", options->context, "Only this context")->type_name("ID");
  command->add_option("--status", options->status, "Only this status")
      ->check(CLI::IsMember({"not_due", "met", "breached", "undetermined", "exempt"}));
  command->add_flag("--open", options->open,
                    "The to-do list: what is disputed, contradicted, seen in one run only, stale or not looked at");
  command->add_flag("--gate", options->gate, "Exit with 2 when a breach is among them");
  command->add_option("--tolerate", options->tolerate, "With --gate: breaches that are only suspected pass")
      ->check(CLI::IsMember({"suspected"}));
  command->callback([options, &session] { findings(session, *options); });
}

}  // namespace linkaudit::cli
