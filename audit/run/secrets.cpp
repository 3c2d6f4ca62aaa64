#include "audit/run/secrets.h"

#include "audit/run/secrets_typed.h"

namespace linkaudit::run {
namespace {

void mask_hops(std::vector<probes::Hop>& hops, const std::vector<std::string>& parameters) {
  for (probes::Hop& hop : hops) hop.url = mask_url(hop.url, parameters);
}

}  // namespace

std::string mask_url(const std::string& url, const std::vector<std::string>& parameters) {
  return mask_parameters(catalog::mask_userinfo(url), parameters);
}

void mask(probes::Observation& observation, const std::vector<std::string>& parameters) {
  observation.url = mask_url(observation.url, parameters);
  mask_hops(observation.hops, parameters);
  if (observation.page) observation.page->final_url = mask_url(observation.page->final_url, parameters);
  if (const auto target = observation.facts.find("target"); target != observation.facts.end()) {
    target->second = mask_url(target->second, parameters);
  }
  if (observation.method == "attestation") mask_typed(observation, parameters);
  for (probes::Attempt& attempt : observation.earlier) attempt.url = mask_url(attempt.url, parameters);
  if (!observation.control) return;
  mask_hops(observation.control->hops, parameters);
  if (observation.control->page) {
    observation.control->page->final_url = mask_url(observation.control->page->final_url, parameters);
  }
}

}  // namespace linkaudit::run
