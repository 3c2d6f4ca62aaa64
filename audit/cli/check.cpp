#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/explain.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/cli/signals.h"
#include "audit/log/instant_text.h"
#include "audit/log/record_json.h"
#include "audit/query/tables.h"
#include "audit/run/evidence_keeper.h"
#include "audit/run/runner.h"
#include "audit/run/secrets.h"

namespace linkaudit::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> urls, contexts;
  bool log = false;
};

// A link of the catalog by its id or its URL; any other URL as it stands.
probes::Link link_of(const catalog::Catalog& catalog, const std::string& given) {
  for (const catalog::Platform& platform : catalog.platforms) {
    for (const probes::Link& link : platform.links) {
      if (link.id != given && (link.url.empty() || link.url != given)) continue;
      if (link.url.empty())
        throw Refused(given + ": the catalog has no URL for this link; attest records what a person saw");
      return link;
    }
  }
  if (given.find("://") == std::string::npos) {
    throw Refused(given +
                  ": neither a URL nor a link of the catalog; valid are https://... and ids such as taobao/item");
  }
  return {"", "", "", given};
}

std::vector<const probes::Context*> contexts_of(const catalog::Catalog& catalog,
                                                const std::vector<std::string>& wanted) {
  std::vector<const probes::Context*> chosen;
  for (const catalog::Host& host : catalog.hosts) {
    for (const catalog::HostContext& context : host.contexts) {
      if (wanted.empty()) chosen.push_back(&context);
    }
  }
  for (const std::string& id : wanted) {
    const catalog::HostContext* context = catalog::find_context(catalog, id);
    if (context == nullptr) throw Refused("--context: \"" + id + "\" is not in the catalog; catalog show lists them");
    chosen.push_back(context);
  }
  return chosen;
}

std::vector<probes::Link> links_of(const catalog::Catalog& catalog, const std::vector<std::string>& given) {
  std::vector<probes::Link> links;
  for (const std::string& each : given) links.push_back(link_of(catalog, each));
  return links;
}

// Points to the links and into the catalog.
run::Plan plan_of(const catalog::Catalog& catalog, const std::vector<probes::Link>& links,
                  const CheckOptions& options) {
  run::Plan plan;
  const std::vector<const probes::Context*> contexts = contexts_of(catalog, options.contexts);
  for (const probes::Link& link : links) {
    for (const probes::Context* context : contexts) plan.add({&link, context});
  }
  return plan;
}

struct Seen {
  std::map<std::size_t, probes::Observation> observations;  // by target, so that the order is that of the question
  std::map<std::size_t, run::EvidenceLegs> evidence;        // of them
  std::map<std::size_t, probes::NotProbed> gaps;            // by target
};

Seen look(const Session& session, const catalog::Catalog& catalog, const run::Plan& plan) {
  Seen seen;
  const StopOnSignal signals;
  run::HeadMask mask_head(catalog.secret_parameters);
  probes::probe(
      catalog::prober_settings_of(catalog), plan.targets, session.now,
      [&](probes::ProbeResult result) {
        if (auto* probed = std::get_if<probes::Probed>(&result)) {
          probes::Observation& observation = seen.observations[probed->target] = std::move(probed->observation);
          run::mask(observation, catalog.secret_parameters);
          observation.evidence = run::evidence_of(observation, probed->evidence, mask_head).sha256;
          seen.evidence[probed->target] = std::move(probed->evidence);
        } else {
          auto& missing = std::get<probes::NotProbed>(result);
          missing.detail = run::mask_url(missing.detail, catalog.secret_parameters);
          seen.gaps[missing.target] = std::move(missing);
        }
      },
      signals.token());
  return seen;
}

// The observations, the gaps and the run itself. Returns the number of the first observation's entry.
std::int64_t record(Session& session, const catalog::Catalog& catalog, const run::Plan& plan, const Seen& seen,
                    probes::Instant begun) {
  log::Log log = session.open_log();
  run::record_catalog(catalog, log, begun);
  log::RunRecord run;
  run.at = begun;
  run.ended = session.now();
  run.trigger = "check";
  run.vantage = catalog.vantage_id;
  run.simulated = catalog.simulated;
  run.planned = static_cast<std::int64_t>(plan.targets.size());
  run.observed = static_cast<std::int64_t>(seen.observations.size());
  run.catalog_version = catalog.version;
  std::vector<log::NewEntry> entries;
  std::vector<log::Blob> blobs;
  std::vector<log::SlotBlobs> slots;
  run::EvidenceKeeper keeper(catalog, log);
  for (const auto& [target, observation] : seen.observations) {
    log::NewObservation entry{observation, std::nullopt};
    keeper.take(entry.observation, seen.evidence.at(target), blobs, slots);
    entries.push_back(std::move(entry));
  }
  std::map<std::string, std::int64_t> reasons;
  for (const auto& [target, gap] : seen.gaps) {
    const probes::Target& missed = plan.targets[target];
    entries.push_back(log::Gap{gap.at, missed.link->id, missed.context->id, "", gap.reason, "http", catalog.vantage_id,
                               catalog.simulated, gap.detail});
    ++reasons[gap.reason];
  }
  run.gaps.assign(reasons.begin(), reasons.end());
  entries.push_back(run);
  return log.append(entries, run.ended, blobs, slots).front();
}

nlohmann::json gaps_as_json(const run::Plan& plan, const Seen& seen, const std::vector<std::string>& secret) {
  nlohmann::json gaps = nlohmann::json::array();
  for (const auto& [target, gap] : seen.gaps) {
    const probes::Target& missed = plan.targets[target];
    gaps.push_back({{"at", log::instant_text(gap.at)},
                    {"url", run::mask_url(missed.link->url, secret)},
                    {"context", missed.context->id},
                    {"reason", gap.reason},
                    {"detail", gap.detail.empty() ? nlohmann::json(nullptr) : nlohmann::json(gap.detail)}});
  }
  return gaps;
}

void print_gaps(const Session& session, const catalog::Catalog& catalog, const Seen& seen, std::ostream& out) {
  std::map<std::string, int> counts;
  std::string detail;
  for (const auto& [target, gap] : seen.gaps) {
    ++counts[gap.reason];
    if (!gap.detail.empty()) detail = gap.detail;
  }
  for (const auto& [reason, count] : counts) {
    out << session.word("gap." + reason) << ": " << count << '\n';
    if (reason != "own_line_down") continue;
    for (const std::string& canary : catalog.network.canaries) {
      out << "    " << session.word("check.canary") << run::mask_url(canary, catalog.secret_parameters) << '\n';
    }
    if (!detail.empty()) out << "    " << detail << '\n';
  }
}

// A table of observations; what could not be looked at is told beside it.
void print_table(const Session& session, const catalog::Catalog& catalog, const Seen& seen, std::int64_t first_entry) {
  std::vector<log::LoggedObservation> rows;
  for (const auto& [target, observation] : seen.observations) {
    rows.push_back({first_entry == 0 ? 0 : first_entry++, session.now(), observation, std::nullopt, {}, {}});
  }
  const query::Reader reader{catalog, session.language()};
  show(session, catalog, query::observations_table(reader, rows), {}, "");
  print_gaps(session, catalog, seen, session.err);
}

void print(Session& session, const catalog::Catalog& catalog, const run::Plan& plan, const Seen& seen,
           std::int64_t first_entry) {
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& [target, observation] : seen.observations) {
      list.push_back(log::to_json(observation, first_entry == 0 ? 0 : first_entry++));
    }
    print_json(session,
               {{"observations", list},
                {"gaps", gaps_as_json(plan, seen, catalog.secret_parameters)},
                {"simulated", catalog.simulated}},
               "observations");
    return;
  }
  if (session.format() == Format::csv) return print_table(session, catalog, seen, first_entry);
  session.say_if_simulated(catalog);
  for (const auto& [target, observation] : seen.observations) {
    explain(observation, catalog, session.language(), session.out);
  }
  print_gaps(session, catalog, seen, session.out);
  if (first_entry != 0) {
    session.out << fmt::format(fmt::runtime(session.word("check.logged")), first_entry,
                               first_entry + static_cast<std::int64_t>(seen.observations.size()) - 1)
                << '\n';
  }
}

void check(Session& session, const CheckOptions& options) {
  const catalog::Catalog catalog = session.load_catalog_to_probe();
  const std::vector<probes::Link> links = links_of(catalog, options.urls);
  const run::Plan plan = plan_of(catalog, links, options);
  const probes::Instant begun = session.now();
  const Seen seen = look(session, catalog, plan);
  const bool any = !seen.observations.empty();
  const std::int64_t first_entry = options.log ? record(session, catalog, plan, seen, begun) : 0;
  print(session, catalog, plan, seen, any ? first_entry : 0);
  if (!seen.gaps.empty()) session.exit = kGaps;
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand("check", "Probe now, show the way and who stands in it");
  command->add_option("URL", options->urls, "URLs, or ids of links in the catalog")->required();
  command->add_option("--context", options->contexts, "Context ids, as wechat/group; all when left out")
      ->type_name("ID")
      ->allow_extra_args(false);
  command->add_flag("--log", options->log, "Record what was seen in the database");
  command->callback([options, &session] { check(session, *options); });
}

}  // namespace linkaudit::cli
