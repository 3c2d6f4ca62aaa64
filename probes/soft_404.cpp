#include "probes/soft_404.h"

#include <fmt/format.h>

#include <utility>

#include "probes/fetch/credential_fields.h"
#include "probes/page/digest.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

// Whoever waits for this would have got on without it.
constexpr int kWithin_s = 5;

std::string_view origin_of(std::string_view url) {
  const std::size_t host = url.find("://") + 3;
  return url.substr(0, url.find_first_of("/?#", host));
}

std::string_view without_query(std::string_view url) {
  return url.substr(0, url.find_first_of("?#"));
}

bool is_page_of_the_platform(const LegSeen& control) {
  return control.page && control.verdict.end == LegEnd::served && !control.verdict.unknown_page;
}

}  // namespace

bool same_page(const LegSeen& control, const LegSeen& made_up) {
  if (!control.page || !made_up.page || made_up.hops.back().status != 200) return false;
  const Page &one = *control.page, &other = *made_up.page;
  if (one.sha256 == other.sha256) return true;
  if (one.title.empty() || one.title != other.title) return false;
  return control.text_sha256 == made_up.text_sha256 || without_query(one.final_url) == without_query(other.final_url);
}

void Soft404::ask(const std::string& platform, const LegSeen& control, Then then) {
  if (!is_page_of_the_platform(control)) return then(nullptr);
  const std::string& url = control.page->final_url;
  const std::string name = platform.empty() ? "?" + registrable_domain(host_of(url)) : platform;
  const auto [place, first] = sites_.try_emplace(name);
  Site& site = place->second;
  if (site.made_up) return then(same_page(control, *site.made_up) ? site.made_up->evidence : nullptr);
  site.waiting.push_back({&control, std::move(then)});
  if (first) fetch(name, control, site);
}

void Soft404::fetch(const std::string& name, const LegSeen& control, Site& site) {
  const std::string& page_url = control.page->final_url;
  LegRequest request;
  request.leg = Leg::random_path;
  request.url =
      std::string(origin_of(page_url)) + "/" +
      sha256_hex(fmt::format("{} {} {}", settings_.network.seed, looks_.now().time_since_epoch().count(), name))
          .substr(0, 20);
  request.link_url = request.url;
  request.client = settings_.control_client;
  const bool at_first_host = !control.hops.empty() && origin_of(control.hops.front().url) == origin_of(page_url);
  if (!at_first_host) request.client = without_credential_fields(std::move(request.client));
  request.limit_group = host_of(page_url) + " random path";  // not behind all links of the host
  request.only_within_s = kWithin_s;
  const std::string platform = name.starts_with('?') ? std::string() : name;
  looks_.begin(std::move(request), "", platform, [&site](LegSeen seen) {
    const bool is_page = !seen.hops.empty() && seen.hops.back().status == 200;
    if (!is_page) seen.evidence.reset();  // kept for the whole run; only a page can be the same
    site.made_up = std::move(seen);
    for (const Question& question : std::exchange(site.waiting, {})) {
      question.then(same_page(*question.control, *site.made_up) ? site.made_up->evidence : nullptr);
    }
  });
}

void Soft404::nothing_more() {
  for (auto& [name, site] : sites_) {
    for (const Question& question : std::exchange(site.waiting, {})) question.then(nullptr);
  }
}

}  // namespace linkaudit::probes
