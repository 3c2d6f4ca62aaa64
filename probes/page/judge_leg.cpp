// A leg judged by itself: the host name of its last page decides first whose word it is.
#include "probes/page/digest.h"
#include "probes/page/leg_end.h"
#include "probes/page/leg_facts.h"

namespace linkaudit::probes {

LegVerdict judge_leg(const Classifier& classifier, const LegResult& leg, const std::string& host,
                     const std::string& platform) {
  const LegQuestion question{classifier, leg, host, platform};
  LegVerdict verdict;
  verdict.through_gateway = leg.request.through_gateway;
  verdict.facts = facts_of_leg(question);
  if (!leg.exchanges.empty()) {
    const Exchange& last = leg.exchanges.back();
    verdict.final_url = last.hop.url;
    if (last.page) verdict.title = last.page->title;
    if (last.hop.status != 0) verdict.body_sha256 = last.body_sha256.empty() ? sha256_hex(last.body) : last.body_sha256;
  }
  if (leg.failure || leg.exchanges.empty()) {
    end_without_answer(question, leg.failure.value_or(Failure{}), verdict);
  } else if (const auto& failure = leg.exchanges.back().failure) {
    end_without_answer(question, *failure, verdict);
  } else {
    end_with_answer(question, leg.exchanges.back(), verdict);
  }
  return verdict;
}

std::map<std::string, std::string> facts_of_legs(const LegVerdict& control, const LegVerdict& context) {
  auto facts = context.facts;
  const auto downgrade = control.facts.find("https_downgrade");
  if (downgrade != control.facts.end()) facts["control_https_downgrade"] = downgrade->second;
  return facts;
}

std::optional<Outcome> control_outcome(const LegVerdict& control) {
  if (control.end == LegEnd::served && !control.unknown_page) return Outcome::direct;
  return control.outcome;
}

bool gateway_works(const LegVerdict& gateway_control) {
  return gateway_control.end == LegEnd::served && !gateway_control.unknown_page;
}

}  // namespace linkaudit::probes
