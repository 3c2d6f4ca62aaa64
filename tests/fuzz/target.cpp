// The URL behind a page in between, and the parts of URLs. Input: the page's URL on the first line, the visible text on
// the second, then lines "name=value" of its data.
#include "probes/page/target.h"

#include "probes/page/ascii.h"
#include "probes/page/url.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

void check_parts(const std::string& url) {
  const std::string host = probes::host_of(url);
  require_same(probes::to_lower(host), host, "a host is in lower case");
  require(!host.ends_with('.') || url.find("..") != std::string::npos, "a host has no final dot", host);
  const std::string domain = probes::registrable_domain(host);
  require(host.ends_with(domain), "a registrable domain is an end of its host", host);
  if (!host.empty()) require(probes::in_domain(host, domain), "a host is in its registrable domain", host);
  require(probes::percent_decode(url).size() <= url.size(), "decoding makes nothing longer");
  const std::string_view path = probes::path_of(url);
  const bool plain = !host.empty() && url.find('\\') == std::string::npos;
  require(!plain || path.empty() || path.starts_with('/'), "a path begins with a slash", path);
  if (probes::is_app_url(url)) {
    const std::string scheme = probes::to_lower(probes::scheme_of(url));
    require(!scheme.empty() && scheme != "http" && scheme != "https", "an app's URL has a scheme of its own", url);
  }
}

}  // namespace

void target(std::string_view input) {
  const std::string url(take_line(input));
  check_parts(url);
  probes::PageFacts page;
  page.text = take_line(input);
  while (!input.empty()) {
    const std::string_view line = take_line(input);
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos) page.json.add(line.substr(0, equals), line.substr(equals + 1));
  }
  page.json.settle();
  for (const probes::PageFacts* seen :
       {static_cast<const probes::PageFacts*>(nullptr), static_cast<const probes::PageFacts*>(&page)}) {
    const auto target = probes::recover_target(url, seen);
    if (!target) continue;
    const std::string scheme = probes::to_lower(probes::scheme_of(*target));
    require(scheme == "http" || scheme == "https", "a target is on the web", *target);
    require(!probes::host_of(*target).empty(), "a target has a host", *target);
  }
}

}  // namespace linkaudit::fuzz
