#include "audit/run/runner.h"

#include <mutex>
#include <set>
#include <utility>

#include "audit/log/read.h"
#include "audit/run/recorder.h"
#include "audit/run/waivers.h"

namespace linkaudit::run {
namespace {

// The schedule of all that is planned; "" when it is several or none.
std::string only_schedule_of(const Plan& plan) {
  std::set<std::string> schedules;
  if (plan.fires.empty() && !plan.targets.empty()) schedules.insert("");
  for (const log::Fire& fire : plan.fires) schedules.insert(fire.schedule);
  for (const log::Gap& gap : plan.gaps) schedules.insert(gap.schedule);
  return schedules.size() == 1 ? *schedules.begin() : std::string();
}

}  // namespace

void record_catalog(const catalog::Catalog& catalog, log::Log& log, Instant now) {
  std::vector<log::NewEntry> entries = waiver_entries(catalog, log, now);
  std::vector<log::Blob> blobs;
  const std::vector<log::LoggedCatalog> known = log::catalogs(log);
  if (known.empty() || known.back().record.sha256 != catalog.version) {
    log::CatalogRecord record;
    record.at = now;
    record.sha256 = catalog.version;
    for (const catalog::ScheduleEntry& schedule : catalog.schedules) record.schedules.push_back(schedule.id);
    entries.emplace_back(std::move(record));
    blobs.push_back({catalog.version, catalog.canonical_text, "catalog"});
  }
  if (!entries.empty()) log.append(entries, now, blobs);
}

log::RunRecord execute(const catalog::Catalog& catalog, log::Log& log, const Plan& plan, const RunRequest& request,
                       const probes::NowFunction& now, const Progress& progress, std::stop_token stop) {
  log::RunRecord record;
  record.at = now();
  record.trigger = request.trigger;
  record.schedule = request.schedule.empty() ? only_schedule_of(plan) : request.schedule;
  record.vantage = catalog.vantage_id;
  record.simulated = catalog.simulated;
  record.catalog_version = catalog.version;
  if (!catalog.canonical_text.empty()) record_catalog(catalog, log, record.at);

  std::mutex clock;  // the probes and the recorder ask it at once
  const probes::NowFunction now_guarded = [&] {
    const std::lock_guard lock(clock);
    return now();
  };
  Recorder recorder(catalog, log, plan, now_guarded);
  for (const log::Gap& gap : plan.gaps) recorder.gap(gap);
  std::size_t done = 0;
  const auto sink = [&](probes::ProbeResult result) {
    recorder.take(std::move(result));
    if (progress) progress(++done, plan.targets.size());
  };
  if (!plan.targets.empty()) {
    probes::probe(catalog::prober_settings_of(catalog), plan.targets, now_guarded, sink, std::move(stop),
                  probes::look_up_by_system, [&] { return recorder.full(); });
  }
  return recorder.finish(std::move(record));
}

}  // namespace linkaudit::run
