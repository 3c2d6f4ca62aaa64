// The catalog as values: hosts, platforms, rules, obligations, waivers, schedules and settings, checked as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/law/policy.h"
#include "probes/network.h"
#include "probes/prober.h"
#include "probes/subject.h"

namespace linkaudit::catalog {

using law::Bilingual;

// Client and gateway are the context's own, else the host's.
struct HostContext : probes::Context {
  Bilingual name;
  bool own_gateway = false;

  bool operator==(const HostContext&) const = default;
};

struct Host {
  std::string id;
  Bilingual name, operator_name;
  std::vector<std::string> domains;
  std::vector<HostContext> contexts;

  bool operator==(const Host&) const = default;
};

struct Platform {
  std::string id;
  Bilingual name, operator_name;
  std::string category;
  std::vector<std::string> domains, shapes;
  probes::Markers markers;
  std::vector<probes::Link> links;  // without a URL: attested only

  bool operator==(const Platform&) const = default;
};

// Empty lists select everything.
struct Selection {
  std::vector<std::string> hosts, contexts, kinds, platforms, categories, links;
  std::vector<probes::Tier> tiers;  // the best that a probe can see there: gateway where there is one, else target

  bool operator==(const Selection&) const = default;
};

enum class CatchUp { none, once, all };
enum class Overlap { skip, queue };

// Denser looks around the effective dates of obligations, at cells in their scope.
struct NearDeadline {
  int days = 0;  // before the date and after it
  std::string cron;

  bool operator==(const NearDeadline&) const = default;
};

// Looks again, at its own times, at cells of which the log is in two minds or knows nothing fresh.
struct Recheck {
  std::string cron;
  bool disputed = true, stale = true;

  bool operator==(const Recheck&) const = default;
};

// How a report looks, and what of it is drawn.
struct ReportLayout {
  std::string id;
  Bilingual title, organisation;
  std::string logo;                     // the path of a PNG
  std::optional<std::uint32_t> accent;  // 0xRRGGBB
  std::vector<std::string> sheets;      // of report_sheets(), in their order; empty: all
  bool since_last = true;               // changes are those since the last one of this id that was issued
  std::string language = "en";          // of one that a schedule issues: en, zh, both
  std::string file;                     // likewise: its path, {date} being the day of the run

  bool operator==(const ReportLayout&) const = default;
};

struct ScheduleEntry {
  std::string id, cron, zone;
  std::string method = "http";
  Selection select;
  int spread_s = 0;
  CatchUp catch_up = CatchUp::once;
  int catch_up_max = 100;         // of catch_up all
  std::optional<int> deadline_s;  // a fire older than this is not run any more
  Overlap overlap = Overlap::skip;
  std::optional<int> confirm_s;  // look again so long after a soft outcome
  std::optional<Recheck> recheck;
  std::optional<NearDeadline> near_deadline;
  std::string report = {};  // to issue after each of its runs

  bool operator==(const ScheduleEntry&) const = default;
};

struct Catalog {
  probes::NetworkSettings network;
  law::JudgementSettings judgement;
  int repeats = 2, repeat_after_s = 1;
  std::string evidence_keep = "changes";  // changes, all, none
  int retention_days = 400;
  std::vector<std::string> secret_parameters;
  std::string vantage_id = "local";
  Bilingual vantage_name;
  bool simulated = false;              // vantage.simulated: set by the lab's overlay only
  std::string zone = "Asia/Shanghai";  // of dates without one, and of reports
  probes::Client control_client;
  std::vector<Host> hosts;
  std::vector<Platform> platforms;
  std::vector<probes::Rule> rules;  // in the order in which they are tried
  std::vector<law::Obligation> obligations;
  std::vector<law::Waiver> waivers;
  std::vector<ScheduleEntry> schedules;
  std::vector<ReportLayout> reports;
  std::string canonical_text;  // the merged catalog as YAML text, deterministic, credentials hidden (credentials.h)
  std::string version;         // sha256 of canonical_text, hex

  bool operator==(const Catalog&) const = default;
};

// What the leaves and the law need, taken from the catalog.
law::Policy policy_of(const Catalog& catalog);
probes::Knowledge knowledge_of(const Catalog& catalog);
probes::ProberSettings prober_settings_of(const Catalog& catalog);

// Cells that a selection names: links x contexts, in the catalog's order; links without a URL included. A platform of
// a host app's own operator is left out in that host app's contexts unless the selection names it. They point into the
// catalog.
std::vector<probes::Target> select(const Catalog& catalog, const Selection& selection);

// Every sheet that a report can have, in the order in which they stand when nothing else is asked.
const std::vector<std::string>& report_sheets();

const ReportLayout* find_report(const Catalog& catalog, const std::string& id);
const HostContext* find_context(const Catalog& catalog, const std::string& id);
const Host* find_host(const Catalog& catalog, const std::string& id);
const Platform* find_platform(const Catalog& catalog, const std::string& id);
const probes::Link* find_link(const Catalog& catalog, const std::string& id);

}  // namespace linkaudit::catalog
