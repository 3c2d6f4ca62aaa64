#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <ostream>
#include <set>

#include "audit/bundle/bundle.h"
#include "audit/cli/custody.h"
#include "audit/cli/known_ids.h"
#include "audit/cli/ledger.h"
#include "audit/cli/session.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/key_file.h"
#include "audit/query/as_json.h"
#include "audit/query/view.h"
#include "reports/file.h"

namespace linkaudit::cli {
namespace {

struct BundleOptions {
  std::string finding, output, as_of;
};

// OBLIGATION:PLATFORM:CONTEXT
struct FindingName {
  std::string obligation, platform, context;
};

FindingName name_from(const std::string& text) {
  const std::size_t first = text.find(':'), second = text.find(':', first + 1);
  if (first == std::string::npos || second == std::string::npos) {
    throw Refused("--finding: \"" + text + "\": valid is OBLIGATION:PLATFORM:CONTEXT, as findings lists them");
  }
  return {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

law::Finding wanted(const query::View& view, const catalog::Catalog& catalog, const FindingName& name) {
  require_obligation(catalog, name.obligation);
  require_platform(catalog, name.platform);
  require_context(catalog, name.context);
  for (const law::Finding& finding : view.findings) {
    if (finding.obligation == name.obligation && finding.platform == name.platform && finding.context == name.context) {
      return finding;
    }
  }
  throw Refused("--finding: " + name.platform + " in " + name.context + " is not in the scope of " + name.obligation);
}

// What the finding says of anything: it rests on, was said, or contradicts it.
std::vector<std::int64_t> named_by(const law::Finding& finding) {
  std::set<std::int64_t> entries(finding.entries.begin(), finding.entries.end());
  for (const law::Word& word : finding.words) entries.insert(word.entry);
  if (finding.contradicted_by) entries.insert(finding.contradicted_by->entry);
  return {entries.begin(), entries.end()};
}

// All that was seen of the platform there; where platforms are compared, of those that it can be compared with, too.
std::vector<bundle::Basis> basis_of(const log::Log& log, const query::View& view, const catalog::Catalog& catalog,
                                    const law::Finding& finding) {
  const law::Policy policy = catalog::policy_of(catalog);
  const auto is_clause = [&](const law::Obligation& each) { return each.id == finding.obligation; };
  const auto clause = std::find_if(policy.obligations.begin(), policy.obligations.end(), is_clause);
  const bool compares = clause != policy.obligations.end() && !clause->requires_.parity.empty();
  std::string category;
  std::set<std::string, std::less<>> links;
  for (const law::JudgedPlatform& platform : policy.platforms) {
    if (platform.id == finding.platform) category = platform.category;
  }
  for (const law::JudgedPlatform& platform : policy.platforms) {
    if (platform.id == finding.platform || (compares && platform.category == category)) {
      links.insert(platform.links.begin(), platform.links.end());
    }
  }
  std::vector<bundle::Basis> basis;
  const query::Spans spans = query::spans_at(log, view.horizon);
  for (const law::Span& span : spans.list()) {
    if (span.context != finding.context || !links.contains(span.link)) continue;
    basis.push_back({span.first_entry, span.last_entry, span.count});
  }
  std::sort(basis.begin(), basis.end(), [](const auto& left, const auto& right) { return left.first < right.first; });
  return basis;
}

void write(Session& session, const BundleOptions& options) {
  session.only({Format::text, Format::json, Format::ndjson});
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const query::View view = query::look(log, catalog, session.instant("--as-of", options.as_of, catalog));
  const law::Finding finding = wanted(view, catalog, name_from(options.finding));
  if (finding.entries.empty()) throw Refused("--finding: rests on no entry yet; there is nothing to prove");
  bundle::Case about;
  about.finding = {{"as_of", query::findings_document(view).at("as_of")},
                   {"catalog", catalog.version},
                   {"simulated", catalog.simulated},
                   {"finding", query::to_json(finding)}};
  about.entries = named_by(finding);
  about.basis = basis_of(log, view, catalog, finding);
  about.simulated = catalog.simulated;
  about.catalog_text = catalog.canonical_text;
  about.catalog_version = catalog.version;
  about.keys = trusted_keys(session, log.path(), "");
  if (!log::newest_checkpoint(log)) throw Refused("no checkpoint holds these entries yet; ledger checkpoint signs one");
  const log::SigningKey key = log::key_of(log, key_file(session, log.path()));
  const std::string bytes = [&] {
    try {
      return bundle::make_bundle(log, about, key);
    } catch (const std::invalid_argument& error) {
      throw Refused(error.what());
    }
  }();
  reports::replace_file_by_stream(options.output, [&](std::ostream& out) { out << bytes; });
  if (session.format() == Format::text) {
    session.out << options.output << '\n';
  } else {
    session.out << nlohmann::json{{"file", options.output}, {"entries", finding.entries}}.dump() << '\n';
  }
}

}  // namespace

void add_ledger_bundle(CLI::App& ledger, Session& session) {
  auto options = std::make_shared<BundleOptions>();
  CLI::App* command = ledger.add_subcommand(
      "bundle", "A finding with its entries, proofs and evidence, as one file to verify elsewhere");
  command->add_option("--finding", options->finding, "Which one, as findings lists it")
      ->required()
      ->type_name("OBLIGATION:PLATFORM:CONTEXT");
  command->add_option("-o,--output", options->output, "The zip file to write")->required()->type_name("FILE");
  command->add_option("--as-of", options->as_of, "Instant or date to judge at; now when left out")->type_name("TIME");
  command->callback([options, &session] { write(session, *options); });
}

}  // namespace linkaudit::cli
