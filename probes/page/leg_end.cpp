#include "probes/page/leg_end.h"

#include <fmt/format.h>

#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

// A page that has the content to show has more words than this; a page that only jumps says "opening the app ...".
constexpr std::size_t kFewWords = 300;  // bytes

bool only_jumps_to_an_app(const Exchange& answer) {
  if (!answer.page || answer.page->app_jumps.empty() || answer.hop.status >= 400) return false;
  return !answer.page->redirect && answer.page->text.size() <= kFewWords;
}

void decide(LegVerdict& verdict, PageOwner owner, Outcome outcome, RuleReference rule) {
  verdict.end = owner == PageOwner::host_app ? LegEnd::stopped : LegEnd::refused;
  verdict.outcome = outcome;
  verdict.rule = std::move(rule);
}

bool is_refusal(int status) {
  return status == 401 || status == 403 || status == 429 || status == 451;
}

Failure status_failure(const LegQuestion& question, int status) {
  Failure failure;
  failure.name = FailureName::http_status;
  failure.layer = layer_of(failure.name);
  failure.hop = static_cast<int>(question.leg.exchanges.size()) - 1;
  failure.leg = question.leg.request.leg;
  failure.code = status;
  failure.text = fmt::format("the server answered with status {}", status);
  return failure;
}

// An error status without a rule. A rate limit doubts the client, it refuses nothing: a challenge.
void end_by_status(const LegQuestion& question, int status, PageOwner owner, LegVerdict& verdict) {
  verdict.end = is_refusal(status) ? LegEnd::refused : LegEnd::down;
  if (status == 429) {
    verdict.outcome = Outcome::challenge;
    verdict.rule = {"builtin-rate-limit", 1};
  }
  verdict.failure = status_failure(question, status);
  verdict.failed_hop = verdict.failure->hop;
  verdict.failed_on_host_app = owner == PageOwner::host_app;
}

void end_served(const Exchange& answer, PageOwner owner, LegVerdict& verdict) {
  verdict.end = LegEnd::served;
  verdict.unknown_page = owner != PageOwner::platform;
  verdict.detail = !verdict.unknown_page && verdict.facts.contains("detail");
  const bool blank = answer.page && answer.page->text.empty() && answer.page->title.empty();
  verdict.nothing_shown = answer.body.empty() || (blank && answer.page->script_redirect_suspected);
}

}  // namespace

PageOwner owner_of_page(const LegQuestion& question, const std::string& url) {
  const std::string at = host_of(url);
  const std::string link = host_of(question.leg.request.link_url);
  const Classifier::Owner owner = question.classifier.owner_of(url);
  if (question.classifier.is_page_of(url, question.platform)) return PageOwner::platform;
  // Also where the link itself is the host app's: an article of its own.
  if (!at.empty() && at == link) return PageOwner::platform;
  if (!owner.host.empty()) return owner.host == question.host ? PageOwner::host_app : PageOwner::other;
  const bool same_domain = !at.empty() && registrable_domain(at) == registrable_domain(link);
  return question.platform.empty() && same_domain ? PageOwner::platform : PageOwner::other;
}

void end_without_answer(const LegQuestion& question, const Failure& failure, LegVerdict& verdict) {
  verdict.end = layer_of(failure.name) == Layer::limit ? LegEnd::limit : LegEnd::down;
  verdict.failure = failure;
  if (question.leg.exchanges.empty()) return;  // the link itself was refused, nothing was sent
  verdict.failed_hop = static_cast<int>(question.leg.exchanges.size()) - 1;
  const bool at_gateway = verdict.through_gateway && verdict.failed_hop == 0;
  verdict.failed_on_host_app =
      at_gateway || owner_of_page(question, question.leg.exchanges.back().hop.url) == PageOwner::host_app;
}

void end_with_answer(const LegQuestion& question, const Exchange& answer, LegVerdict& verdict) {
  const bool at_gateway = verdict.through_gateway && question.leg.exchanges.size() == 1;
  const PageOwner owner = at_gateway ? PageOwner::host_app : owner_of_page(question, answer.hop.url);
  const SeenPage seen{answer.hop.url, answer.hop.status, answer.headers, answer.page, verdict.body_sha256};
  if (const auto hit = question.classifier.match(seen, question.host, question.platform)) {
    const PageOwner by = hit->rule->by == RuleParty::host ? PageOwner::host_app : PageOwner::platform;
    return decide(verdict, by, hit->rule->outcome, {hit->rule->id, hit->rule->version});
  }
  if (only_jumps_to_an_app(answer)) return decide(verdict, owner, Outcome::app_jump, {"builtin-app-jump", 1});
  if (answer.hop.status < 200 || answer.hop.status > 299) {
    return end_by_status(question, answer.hop.status, owner, verdict);
  }
  end_served(answer, owner, verdict);
}

}  // namespace linkaudit::probes
