#include "audit/run/secrets.h"

#include <algorithm>

namespace linkaudit::run {
namespace {

std::string without_userinfo(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  const std::size_t begin = scheme + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::size_t at = url.substr(begin, end - begin).rfind('@');
  if (at == std::string::npos) return url;
  return url.substr(0, begin) + url.substr(begin + at + 1);
}

void mask_hops(std::vector<probes::Hop>& hops, const std::vector<std::string>& parameters) {
  for (probes::Hop& hop : hops) hop.url = mask_url(hop.url, parameters);
}

}  // namespace

std::string mask_url(const std::string& url, const std::vector<std::string>& parameters) {
  return mask_parameters(without_userinfo(url), parameters);
}

void mask(probes::Observation& observation, const std::vector<std::string>& parameters) {
  observation.url = mask_url(observation.url, parameters);
  mask_hops(observation.hops, parameters);
  if (observation.page) observation.page->final_url = mask_url(observation.page->final_url, parameters);
  if (const auto target = observation.facts.find("target"); target != observation.facts.end()) {
    target->second = mask_url(target->second, parameters);
  }
  if (!observation.control) return;
  mask_hops(observation.control->hops, parameters);
  if (observation.control->page) {
    observation.control->page->final_url = mask_url(observation.control->page->final_url, parameters);
  }
}

}  // namespace linkaudit::run
