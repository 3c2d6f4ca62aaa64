#include "probes/page/leg_facts.h"

#include "probes/page/ascii.h"
#include "probes/page/target.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

// Whether somebody on the way sent an https request on to plain http: from there on anybody can answer.
bool is_downgraded(const std::vector<Exchange>& exchanges) {
  for (std::size_t hop = 1; hop < exchanges.size(); ++hop) {
    if (equals_ignoring_case(scheme_of(exchanges[hop - 1].hop.url), "https") &&
        equals_ignoring_case(scheme_of(exchanges[hop].hop.url), "http")) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::map<std::string, std::string> facts_of_leg(const LegQuestion& question) {
  std::map<std::string, std::string> facts;
  const auto& exchanges = question.leg.exchanges;
  if (exchanges.empty()) return facts;
  const Exchange& last = exchanges.back();
  const PageFacts* page = last.page.get();
  if (question.classifier.owner_of(last.hop.url).host.empty() ||
      owner_of_page(question, last.hop.url) == PageOwner::platform) {
    facts = question.classifier.markers({last.hop.url, last.hop.status, {}, last.page, {}}, question.platform);
  } else if (const auto target = recover_target(last.hop.url, page, question.leg.request.link_url)) {
    facts["target"] = *target;
  }
  if (page != nullptr && page->script_redirect_suspected) facts["script_redirect_suspected"] = "yes";
  if (is_downgraded(exchanges)) facts["https_downgrade"] = "yes";
  return facts;
}

}  // namespace linkaudit::probes
