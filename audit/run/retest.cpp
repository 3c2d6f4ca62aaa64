#include "audit/run/retest.h"

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

  probes::Judged judge(const probes::Observation& seen, const KeptEvidence& kept) const {
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
    return probes::compare(legs);
  }

 private:
  probes::LegVerdict verdict(const probes::LegEvidence& leg, bool through_gateway, const std::string& host,
                             const std::string& platform) const {
    return probes::judge_leg(classifier_, probes::leg_of(leg, through_gateway), host, platform);
  }

  probes::Classifier classifier_;
};

bool differs(const probes::Observation& before, const probes::Judged& after) {
  return before.outcome != after.outcome || before.rule != after.rule || before.blame != after.blame;
}

}  // namespace

RetestCounts retest(const catalog::Catalog& catalog, const log::Log& log, const log::Horizon& horizon,
                    const log::ObservationFilter& filter, const std::function<void(const Retested&)>& changed) {
  const Judge judge(catalog);
  RetestCounts counts;
  log::for_each_observation(log, horizon, filter, [&](const log::LoggedObservation& logged) {
    const probes::Observation& seen = logged.observation;
    if (seen.method == "attestation") return true;
    const auto kept = kept_evidence(log, seen.evidence);
    if (!kept || !kept->whole) {
      ++counts.not_kept;
      return true;
    }
    ++counts.tested;
    const probes::Judged after = judge.judge(seen, *kept);
    if (!differs(seen, after)) return true;
    ++counts.changed;
    changed({logged.entry, seen, after});
    return true;
  });
  return counts;
}

}  // namespace linkaudit::run
