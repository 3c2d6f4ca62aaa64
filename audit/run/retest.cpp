#include "audit/run/retest.h"

#include <algorithm>

#include "audit/run/evidence.h"
#include "probes/evidence_of.h"

namespace linkaudit::run {
namespace {

std::string host_of_context(const std::string& context) {
  return context.substr(0, context.find('/'));
}

class Judge {
 public:
  explicit Judge(const catalog::Catalog& catalog) : classifier_(catalog::knowledge_of(catalog)) {}

  probes::Observation judge(const probes::Observation& seen, const KeptEvidence& kept) const {
    const std::string host = host_of_context(seen.context);
    // As it was fetched: what was given may be spelled otherwise.
    const std::string& url = kept.legs.empty() ? seen.url : kept.legs.front().link_url;
    const std::string platform = seen.link.empty() ? classifier_.platform_of_link(url) : seen.platform;
    probes::Comparison legs;
    for (const probes::LegEvidence& leg : kept.legs) {
      if (leg.attempt != 0) continue;  // what was seen in the end was judged
      switch (leg.leg) {
        case probes::Leg::context:
          legs.context = verdict(leg, seen.tier == probes::Tier::gateway, host, platform);
          legs.seen_again = leg.failed_again;
          break;
        case probes::Leg::control: legs.control = verdict(leg, false, "", platform); break;
        case probes::Leg::gateway_control:
          legs.gateway_control = verdict(leg, true, host, classifier_.platform_of_link(leg.link_url));
          break;
        case probes::Leg::canary:
        case probes::Leg::random_path: break;  // no word on the link
      }
    }
    return judged(seen, legs);
  }

 private:
  static probes::Observation judged(probes::Observation seen, const probes::Comparison& legs) {
    const probes::Judged judged = probes::compare(legs);
    const auto earlier_failures = seen.facts.extract("earlier_failures");  // no evidence tells of them, nor of soft 404
    const bool soft_404 = std::find(seen.notes.begin(), seen.notes.end(), "soft_404") != seen.notes.end();
    seen.outcome = judged.outcome;
    seen.steps = judged.steps;
    seen.rule = judged.rule;
    seen.blame = judged.blame;
    seen.context_specific = judged.context_specific;
    seen.hard = judged.hard;
    seen.failure = judged.failure;
    seen.facts = probes::facts_of_legs(legs.control, legs.context);
    if (!earlier_failures.empty()) seen.facts["earlier_failures"] = earlier_failures.mapped();
    seen.notes = judged.notes;
    if (soft_404) seen.notes.emplace_back("soft_404");
    if (seen.control) {
      seen.control->outcome = probes::control_outcome(legs.control);
      seen.control->end = legs.control.end;
      seen.control->rule = legs.control.rule;
      seen.control->failure = legs.control.failure;
    }
    return seen;
  }

  probes::LegVerdict verdict(const probes::LegEvidence& leg, bool through_gateway, const std::string& host,
                             const std::string& platform) const {
    return probes::judge_leg(classifier_, probes::leg_of(leg, through_gateway), host, platform);
  }

  probes::Classifier classifier_;
};

bool differs(const probes::Observation& before, const probes::Observation& after) {
  return before.outcome != after.outcome || before.rule != after.rule || before.blame != after.blame;
}

// Of every observation by probe whose evidence is there; the others are counted.
void for_each_kept(const log::Log& log, const log::Horizon& horizon, const log::ObservationFilter& filter,
                   RetestCounts& counts,
                   const std::function<void(const log::LoggedObservation&, const KeptEvidence&)>& each) {
  log::for_each_observation(log, horizon, filter, [&](const log::LoggedObservation& logged) {
    if (logged.observation.method == "attestation" || logged.withdrawn() != nullptr) return true;
    const auto kept = kept_evidence(log, logged.observation.evidence);
    if (!kept || !kept->whole) {
      ++counts.not_kept;
      return true;
    }
    ++counts.tested;
    each(logged, *kept);
    return true;
  });
}

}  // namespace

RetestCounts retest(const catalog::Catalog& catalog, const log::Log& log, const log::Horizon& horizon,
                    const log::ObservationFilter& filter, const std::function<void(const Retested&)>& changed) {
  const Judge judge(catalog);
  RetestCounts counts;
  for_each_kept(log, horizon, filter, counts, [&](const log::LoggedObservation& logged, const KeptEvidence& kept) {
    const probes::Observation& seen = logged.observation;
    const probes::Observation after = judge.judge(seen, kept);
    if (!differs(seen, after)) return;
    ++counts.changed;
    changed({logged.entry, seen, after});
  });
  return counts;
}

RetestCounts retest_by_two(const catalog::Catalog& from, const catalog::Catalog& to, const log::Log& log,
                           const log::Horizon& horizon,
                           const std::function<void(std::int64_t entry, const probes::Observation& from,
                                                    const probes::Observation& to)>& differ) {
  const Judge by_from(from), by_to(to);
  RetestCounts counts;
  for_each_kept(log, horizon, {}, counts, [&](const log::LoggedObservation& logged, const KeptEvidence& kept) {
    const probes::Observation was = by_from.judge(logged.observation, kept);
    const probes::Observation is = by_to.judge(logged.observation, kept);
    if (!differs(was, is)) return;
    ++counts.changed;
    differ(logged.entry, was, is);
  });
  return counts;
}

}  // namespace linkaudit::run
