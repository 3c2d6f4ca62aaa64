#include "audit/run/secrets.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace linkaudit::run {
namespace {

bool same_name(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  });
}

bool named(std::string_view name, const std::vector<std::string>& parameters) {
  return std::any_of(parameters.begin(), parameters.end(),
                     [&](const std::string& parameter) { return same_name(name, parameter); });
}

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

std::string mask_url(const std::string& given, const std::vector<std::string>& parameters) {
  const std::string url = without_userinfo(given);
  const std::size_t query = url.find('?');
  if (query == std::string::npos || parameters.empty()) return url;
  const std::size_t end = std::min(url.find('#', query), url.size());
  std::string masked = url.substr(0, query + 1);
  for (std::size_t begin = query + 1; begin <= end;) {
    const std::size_t next = std::min(url.find('&', begin), end);
    const std::string_view pair = std::string_view(url).substr(begin, next - begin);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && named(pair.substr(0, equals), parameters)) {
      masked.append(pair.substr(0, equals + 1)).append("***");
    } else {
      masked.append(pair);
    }
    if (next < end) masked += '&';
    begin = next + 1;
  }
  return masked + url.substr(end);
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
