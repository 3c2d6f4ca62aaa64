#include "audit/run/runner.h"

#include <map>
#include <set>
#include <utility>

#include "audit/log/read.h"
#include "audit/run/evidence_keeper.h"
#include "audit/run/secrets.h"

namespace linkaudit::run {
namespace {

constexpr std::size_t kBatch = 64;  // observations written in one transaction

// What a run has seen and not yet written.
class Batch {
 public:
  Batch(log::Log& log, const probes::NowFunction& now) : log_(log), now_(now) {}

  void add(log::NewEntry entry) {
    entries_.push_back(std::move(entry));
    if (entries_.size() >= kBatch) write();
  }
  // Digests the evidence into the observation, and keeps what is to be stored of it until the next write().
  void keep(EvidenceKeeper& keeper, probes::Observation& observation, const EvidenceLegs& legs) {
    keeper.take(observation, legs, blobs_, slots_);
  }

  void write() {
    if (entries_.empty()) return;
    log_.append(entries_, now_(), blobs_, slots_);
    entries_.clear();
    blobs_.clear();
    slots_.clear();
  }

 private:
  log::Log& log_;
  const probes::NowFunction& now_;
  std::vector<log::NewEntry> entries_;
  std::vector<log::Blob> blobs_;
  std::vector<log::SlotBlobs> slots_;
};

class Run {
 public:
  Run(const catalog::Catalog& catalog, log::Log& log, const Plan& plan, const probes::NowFunction& now)
      : catalog_(catalog), plan_(plan), now_(now), batch_(log, now), keeper_(catalog, log) {}

  void gap(const log::Gap& gap) {
    ++gaps_[gap.reason];
    batch_.add(gap);
  }

  void take(probes::ProbeResult result) {
    if (auto* seen = std::get_if<probes::Probed>(&result)) {
      take(std::move(*seen));
    } else {
      const auto& missing = std::get<probes::NotProbed>(result);
      gap(gap_of(missing));
    }
  }

  log::RunRecord finish(log::RunRecord record) {
    record.planned = static_cast<std::int64_t>(plan_.planned());
    record.observed = observed_;
    record.gaps.assign(gaps_.begin(), gaps_.end());
    record.ended = now_();
    batch_.add(record);
    batch_.write();
    return record;
  }

 private:
  void take(probes::Probed seen) {
    mask(seen.observation, catalog_.secret_parameters);
    batch_.keep(keeper_, seen.observation, seen.evidence);
    ++observed_;
    batch_.add(log::NewObservation{std::move(seen.observation), plan_.fire_of(seen.target)});
  }

  log::Gap gap_of(const probes::NotProbed& missing) const {
    const probes::Target& target = plan_.targets[missing.target];
    const std::optional<log::Fire> fire = plan_.fire_of(missing.target);
    log::Gap gap;
    gap.at = fire ? fire->planned : now_();
    gap.link = target.link->id;
    gap.context = target.context->id;
    gap.schedule = fire ? fire->schedule : "";
    gap.reason = missing.reason;
    gap.vantage = catalog_.vantage_id;
    gap.simulated = catalog_.simulated;
    return gap;
  }

  const catalog::Catalog& catalog_;
  const Plan& plan_;
  const probes::NowFunction& now_;
  Batch batch_;
  EvidenceKeeper keeper_;
  std::map<std::string, std::int64_t> gaps_;
  std::int64_t observed_ = 0;
};

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
  const std::vector<log::LoggedCatalog> known = log::catalogs(log);
  if (!known.empty() && known.back().record.sha256 == catalog.version) return;
  log::CatalogRecord record;
  record.at = now;
  record.sha256 = catalog.version;
  record.text = catalog.canonical_text;
  for (const catalog::ScheduleEntry& schedule : catalog.schedules) record.schedules.push_back(schedule.id);
  const std::vector<log::NewEntry> entries = {record};
  const std::vector<log::Blob> blobs = {{catalog.version, catalog.canonical_text, "catalog"}};
  log.append(entries, now, blobs);
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
  record_catalog(catalog, log, record.at);

  Run run(catalog, log, plan, now);
  for (const log::Gap& gap : plan.gaps) run.gap(gap);
  std::size_t done = 0;
  const auto sink = [&](probes::ProbeResult result) {
    run.take(std::move(result));
    if (progress) progress(++done, plan.targets.size());
  };
  if (!plan.targets.empty()) {
    probes::probe(catalog::prober_settings_of(catalog), plan.targets, now, sink, std::move(stop));
  }
  return run.finish(std::move(record));
}

}  // namespace linkaudit::run
