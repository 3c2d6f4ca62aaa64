#include "probes/classify.h"
#include "probes/page/marker_search.h"
#include "probes/page/owners.h"
#include "probes/page/rules.h"

namespace linkaudit::probes {
namespace {

// Decide by the page's host first: a stop-page sentence anywhere else is the target's own doing. In the control leg
// (`host` is "") no host app is involved.
bool applies(const Rule& rule, const Classifier::Owner& owner, const std::string& host, const std::string& platform) {
  if (!rule.host.empty() && rule.host != host) return false;
  if (!rule.platform.empty() && rule.platform != platform) return false;
  if (rule.by == RuleParty::host) return !host.empty() && owner.host == host;
  // A domain may be both a host app's and the platform's own, as Douyin's is.
  return owner.host.empty() || (!platform.empty() && owner.platform == platform);
}

}  // namespace

struct Classifier::State {
  explicit State(Knowledge given)
      : knowledge(std::move(given)), owners(knowledge), rules(knowledge.rules), markers(knowledge.platforms) {}

  Knowledge knowledge;  // first: the others point into it
  Owners owners;
  CompiledRules rules;
  MarkerSearch markers;
};

Classifier::Classifier(Knowledge knowledge) : state_(std::make_unique<State>(std::move(knowledge))) {}
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;
Classifier::~Classifier() = default;

Classifier::Owner Classifier::owner_of(const std::string& url) const {
  return state_->owners.owner_of(url);
}

std::string Classifier::platform_of_link(const std::string& url) const {
  return state_->owners.platform_of_link(url);
}

bool Classifier::is_page_of(const std::string& url, const std::string& platform) const {
  return state_->owners.is_page_of(url, platform);
}

void Classifier::prepare(const std::shared_ptr<const PageFacts>& page) const {
  state_->markers.prepare(page);
}

std::optional<Classifier::RuleHit> Classifier::match(const SeenPage& page, const std::string& host,
                                                     const std::string& platform) const {
  const Owner owner = owner_of(page.url);
  std::optional<CompiledRules::Looked> looked;  // only when a rule applies at all
  for (std::size_t index = 0; index < state_->rules.size(); ++index) {
    const Rule& rule = state_->knowledge.rules[index];
    if (!applies(rule, owner, host, platform)) continue;
    if (!looked) looked.emplace(state_->rules.look(page));
    if (state_->rules.holds(index, *looked)) return RuleHit{&rule};
  }
  return std::nullopt;
}

std::map<std::string, std::string> Classifier::markers(const SeenPage& page, const std::string& platform) const {
  return state_->markers.find(page, platform);
}

}  // namespace linkaudit::probes
