#include "probes/page/owners.h"

#include <algorithm>

#include "probes/page/ascii.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

std::string normal_domain(const std::string& domain) {
  std::string out = to_lower(domain);
  if (out.starts_with('[') && out.ends_with(']')) out = out.substr(1, out.size() - 2);
  return out;
}

}  // namespace

Owners::Owners(const Knowledge& knowledge) : knowledge_(knowledge) {
  for (const HostDomains& host : knowledge.hosts) {
    for (const std::string& domain : host.domains) {
      Claims& claims = by_domain_[normal_domain(domain)];
      if (claims.host.empty()) claims.host = host.id;
    }
  }
  for (std::size_t index = 0; index < knowledge.platforms.size(); ++index) {
    const PlatformSigns& platform = knowledge.platforms[index];
    for (const std::string& domain : platform.domains) by_domain_[normal_domain(domain)].platforms.push_back(index);
    shapes_of_.emplace_back();
    for (const std::string& shape : platform.shapes) {
      shapes_of_.back().push_back(shapes_.add(shape, "platform " + platform.id));
    }
  }
  shapes_.compile();
}

// The claims on the longest domain that holds the URL's host.
const Owners::Claims* Owners::claims_on(const std::string& url) const {
  const std::string host = host_of(url);
  if (host.empty()) return nullptr;
  for (std::size_t at = 0; at != std::string::npos;) {
    const auto found = by_domain_.find(host.substr(at));
    if (found != by_domain_.end()) return &found->second;
    const std::size_t dot = host.find('.', at);
    at = dot == std::string::npos || is_ip_literal(host) ? std::string::npos : dot + 1;
  }
  return nullptr;
}

std::vector<bool> Owners::platforms_by_shape(const std::string& url) const {
  const std::vector<bool> found = shapes_.match({url});
  std::vector<bool> fits(shapes_of_.size());
  for (std::size_t platform = 0; platform < shapes_of_.size(); ++platform) {
    fits[platform] = std::any_of(shapes_of_[platform].begin(), shapes_of_[platform].end(),
                                 [&](int number) { return found[static_cast<std::size_t>(number)]; });
  }
  return fits;
}

Classifier::Owner Owners::owner_of(const std::string& url) const {
  const Claims* claims = claims_on(url);
  if (claims == nullptr) return {};
  Classifier::Owner owner{claims->host, ""};
  if (claims->platforms.empty()) return owner;
  std::size_t chosen = claims->platforms.front();
  if (claims->platforms.size() > 1) {
    const std::vector<bool> fits = platforms_by_shape(url);
    for (const std::size_t platform : claims->platforms) {
      if (!fits[platform]) continue;
      chosen = platform;
      break;
    }
  }
  owner.platform = knowledge_.platforms[chosen].id;
  return owner;
}

std::string Owners::platform_of_link(const std::string& url) const {
  const std::vector<bool> fits = platforms_by_shape(url);
  const auto first = std::find(fits.begin(), fits.end(), true);
  if (first != fits.end()) return knowledge_.platforms[static_cast<std::size_t>(first - fits.begin())].id;
  return owner_of(url).platform;
}

bool Owners::is_page_of(const std::string& url, const std::string& platform) const {
  const Claims* claims = claims_on(url);
  return claims != nullptr && std::any_of(claims->platforms.begin(), claims->platforms.end(), [&](std::size_t index) {
           return knowledge_.platforms[index].id == platform;
         });
}

}  // namespace linkaudit::probes
