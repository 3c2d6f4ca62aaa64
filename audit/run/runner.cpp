#include "audit/run/runner.h"

#include <mutex>
#include <set>
#include <span>
#include <utility>

#include "audit/run/recorder.h"

namespace linkaudit::run {
namespace {

// The schedule of all that is planned; "" when it is several or none. Follow-ups belong to theirs.
std::string only_schedule_of(const Plan& plan) {
  std::set<std::string> schedules;
  const auto add = [&](std::uint32_t number) {
    const std::string& id = plan.schedules[number];
    schedules.insert(id.substr(0, id.find('/')));
  };
  if (plan.fires.empty() && !plan.targets.empty()) schedules.insert("");
  for (const PlannedFire& fire : plan.fires) add(fire.schedule);
  for (const LeftOut& out : plan.left_out) add(out.schedule);
  return schedules.size() == 1 ? *schedules.begin() : std::string();
}

// Counts what is done, round after round, and hands it on under its number in the whole plan.
class Rounds {
 public:
  Rounds(const Plan& plan, Recorder& recorder, const Progress& progress)
      : plan_(plan), recorder_(recorder), progress_(progress) {}

  void probe(const ProbeFunction& prober, const probes::NowFunction& now, const std::stop_token& stop) {
    for (const std::size_t end : plan_.rounds) {
      const std::span<const probes::Target> round = std::span(plan_.targets).subspan(first_, end - first_);
      const auto sink = [&](probes::ProbeResult result) { take(std::move(result)); };
      if (!round.empty()) prober(round, now, sink, stop, [&] { return recorder_.full(); });
      first_ = end;
    }
  }

 private:
  void take(probes::ProbeResult result) {
    std::visit([&](auto& each) { each.target += first_; }, result);
    recorder_.take(std::move(result));
    if (progress_) progress_(++done_, plan_.targets.size());
  }

  const Plan& plan_;
  Recorder& recorder_;
  const Progress& progress_;
  std::size_t first_ = 0, done_ = 0;
};

}  // namespace

ProbeFunction prober_of(const catalog::Catalog& catalog) {
  return [settings = catalog::prober_settings_of(catalog)](
             std::span<const probes::Target> targets, const probes::NowFunction& now, const probes::ProbeSink& sink,
             std::stop_token stop, const std::function<bool()>& full) {
    probes::probe(settings, targets, now, sink, std::move(stop), probes::look_up_by_system, full);
  };
}

log::RunRecord execute(const catalog::Catalog& catalog, log::Log& log, const Plan& plan, const RunRequest& request,
                       const probes::NowFunction& now, const Progress& progress, std::stop_token stop) {
  return execute(catalog, log, plan, request, now, progress, std::move(stop), prober_of(catalog));
}

log::RunRecord execute(const catalog::Catalog& catalog, log::Log& log, const Plan& plan, const RunRequest& request,
                       const probes::NowFunction& now, const Progress& progress, std::stop_token stop,
                       const ProbeFunction& prober) {
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
  const auto give_gap = [&](log::Gap gap) { recorder.gap(std::move(gap)); };
  plan.for_each_gap(catalog, give_gap);
  Rounds(plan, recorder, progress).probe(prober, now_guarded, stop);
  record.planned = plan.planned();
  if (request.overlapped) {
    const Plan meanwhile = request.overlapped(now_guarded());
    meanwhile.for_each_gap(catalog, give_gap);
    record.planned += meanwhile.gaps();
  }
  return recorder.finish(std::move(record));
}

}  // namespace linkaudit::run
