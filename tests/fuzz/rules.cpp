// Rules, legs and blame, by the rules of the built-in catalog. Input: host app, platform and link on three lines, then
// the answer of the control leg and that of the context leg, parted by a line "----". An answer: URL, status and
// Content-Type on three lines, then the body. A leg without a status above 0 failed below HTTP.
#include <algorithm>
#include <charconv>

#include "audit/catalog/load.h"
#include "probes/classify.h"
#include "probes/page/reader.h"
#include "probes/page/url.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"
#include "tests/fuzz/slow_rules.h"

namespace linkaudit::fuzz {
namespace {

using probes::Blame;
using probes::Classifier;
using probes::LegEnd;
using probes::LegResult;
using probes::LegVerdict;
using probes::Outcome;

const probes::Knowledge& knowledge() {
  static const probes::Knowledge knowledge = catalog::knowledge_of(catalog::load({}).value());
  return knowledge;
}

const Classifier& classifier() {
  static const Classifier classifier(knowledge());
  return classifier;
}

// The id at that place of the list (by digit), or the words themselves.
template <typename Known>
std::string id_from(std::string_view line, const std::vector<Known>& known) {
  std::size_t index = known.size();
  std::from_chars(line.data(), line.data() + line.size(), index);
  return index < known.size() ? known[index].id : std::string(line);
}

LegResult leg_from(std::string_view input, std::string_view link, probes::Leg which) {
  LegResult leg;
  leg.request.leg = which;
  leg.request.link_url = link;
  probes::Exchange& answer = leg.exchanges.emplace_back();
  answer.hop.url = take_line(input);
  leg.request.url = answer.hop.url;
  const std::string_view status = take_line(input);
  std::from_chars(status.data(), status.data() + status.size(), answer.hop.status);
  const std::string_view type = take_line(input);
  answer.headers.emplace_back("Content-Type", type);
  answer.body = input;
  if (answer.hop.status > 0) {
    answer.page = std::make_shared<const probes::PageFacts>(probes::read_page(answer.body, type));
  } else {
    answer.failure = probes::Failure{probes::FailureName::tcp_reset, probes::Layer::tcp, 0, which, 56, "reset"};
  }
  return leg;
}

void check_match(const LegResult& leg, const std::string& host, const std::string& platform) {
  const probes::Exchange& answer = leg.exchanges.front();
  if (!answer.page) return;
  const probes::SeenPage seen{answer.hop.url, answer.hop.status, answer.headers, answer.page, {}};
  const auto hit = classifier().match(seen, host, platform);
  const probes::Rule* expected = first_rule_by_hand(knowledge(), classifier(), seen, host, platform);
  require((hit ? hit->rule->id : "") == (expected != nullptr ? expected->id : ""),
          "all rules at once decide as one by one", answer.hop.url);
}

LegVerdict judged(const LegResult& leg, const std::string& host, const std::string& platform) {
  check_match(leg, host, platform);
  LegVerdict verdict = judge_leg(classifier(), leg, host, platform);
  const std::string owner = classifier().owner_of(leg.exchanges.front().hop.url).host;
  if (verdict.end == LegEnd::stopped)
    require(!host.empty() && owner == host, "only the host app's own page stops", owner);
  require(verdict.end != LegEnd::stopped || verdict.outcome, "a stop has its outcome");
  require(verdict.rule.id.empty() || verdict.rule.version > 0, "a rule is named with its version", verdict.rule.id);
  for (const auto& [name, value] : verdict.facts) {
    require(is_utf8(name) && is_utf8(value), "facts are UTF-8", name);
  }
  return verdict;
}

// What no two pages may ever lead to.
void check_blame(const probes::Comparison& legs) {
  const probes::Judged judged = compare(legs);
  const LegEnd control = legs.control.end;
  const LegEnd context = legs.context.end;
  if (judged.blame == Blame::host) {
    require(context == LegEnd::stopped || legs.context.failed_on_host_app, "blame needs a hop of the host app");
    const bool answers = control == LegEnd::served || control == LegEnd::refused;
    require(answers && !legs.control.unknown_page, "blame needs a target that answers");
    require(context == LegEnd::stopped || legs.seen_again, "a network failure is blamed when it comes again");
  }
  if (judged.blame == Blame::platform) {
    require(context == LegEnd::refused || context == LegEnd::down, "a platform is blamed for its own refusal");
    require(control != LegEnd::down, "what is down for everyone is nobody's doing");
  }
  require((judged.outcome == Outcome::direct) == (judged.blame == Blame::none), "an open link has nobody to blame");
  require(judged.outcome != Outcome::direct || context == LegEnd::served, "an open link was served");
  require(judged.blame != Blame::target_down || judged.outcome == Outcome::unreachable, "what is down is unreachable");
  require((judged.steps == 0) == (judged.outcome == Outcome::direct), "an open link takes no steps");
}

}  // namespace

void rules(std::string_view input) {
  const std::string host = id_from(take_line(input), knowledge().hosts);
  const std::string platform = id_from(take_line(input), knowledge().platforms);
  const std::string_view link = take_line(input);
  constexpr std::string_view parting = "\n----\n";
  const std::size_t middle = std::min(input.find(parting), input.size());
  const LegResult control = leg_from(input.substr(0, middle), link, probes::Leg::control);
  const LegResult context =
      leg_from(input.substr(std::min(middle + parting.size(), input.size())), link, probes::Leg::context);
  probes::Comparison legs;
  legs.control = judged(control, "", platform);
  legs.context = judged(context, host, platform);
  check_blame(legs);
  legs.seen_again = true;
  legs.gateway_control = legs.control;
  check_blame(legs);
}

}  // namespace linkaudit::fuzz
