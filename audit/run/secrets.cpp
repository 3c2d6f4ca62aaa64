#include "audit/run/secrets.h"

#include <algorithm>

namespace linkaudit::run {
namespace {

bool is_port(const std::string& text) {
  return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string::npos;
}

std::string without_userinfo(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  const std::size_t begin = scheme + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::size_t at = url.substr(begin, end - begin).rfind('@');
  if (at == std::string::npos) return url;
  // Browsers end the host at a backslash, others do not: what was given is to be seen, but for what may be a password.
  const std::string user = url.substr(begin, at);
  if (user.find('\\') == std::string::npos) return url.substr(0, begin) + url.substr(begin + at + 1);
  const std::size_t colon = user.find(':');
  const bool port = colon == std::string::npos || is_port(user.substr(colon + 1, user.find('\\') - colon - 1));
  return port ? url : url.substr(0, begin + colon + 1) + std::string(kMask) + url.substr(begin + at);
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
  for (probes::Attempt& attempt : observation.earlier) attempt.url = mask_url(attempt.url, parameters);
  if (!observation.control) return;
  mask_hops(observation.control->hops, parameters);
  if (observation.control->page) {
    observation.control->page->final_url = mask_url(observation.control->page->final_url, parameters);
  }
}

}  // namespace linkaudit::run
