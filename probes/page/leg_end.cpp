#include "probes/page/leg_end.h"

#include <fmt/format.h>

#include <algorithm>

#include "probes/page/ascii.h"
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

std::string type_of(const Exchange& answer) {
  const auto type = std::ranges::find_if(
      answer.headers, [](const auto& header) { return equals_ignoring_case(header.first, "content-type"); });
  return type == answer.headers.end() ? std::string() : to_lower(type->second);
}

// A file in place of a page: the platform's app, to be installed.
bool is_app_package(const Exchange& answer) {
  if (answer.page || answer.body.empty() || answer.hop.status / 100 != 2) return false;
  const std::string path = to_lower(path_of(answer.hop.url));
  return type_of(answer).starts_with("application/vnd.android.package-archive") || path.ends_with(".apk") ||
         path.ends_with(".ipa");
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

bool is_down(int status) {
  return status == 404 || status == 410 || status / 100 == 5;
}

// An error status without a rule. A rate limit doubts the client, it refuses nothing: a challenge. Of what is neither a
// refusal nor a server that is down, such as 400 or a 302 that leads nowhere, nobody can say what it is.
void end_by_status(const LegQuestion& question, int status, PageOwner owner, LegVerdict& verdict) {
  verdict.end = is_refusal(status) ? LegEnd::refused : is_down(status) ? LegEnd::down : LegEnd::served;
  verdict.unknown_page = verdict.end == LegEnd::served;
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
  const bool leaves = answer.page && answer.page->text.empty() && answer.page->script_redirect_suspected;
  const bool file = !answer.page && !type_of(answer).starts_with("image/");  // to be saved, not shown
  verdict.nothing_shown = answer.body.empty() || file || blank || leaves;
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
  // What nobody can name, such as a route that our own system lacks, says nothing of the other side either.
  const Layer layer = layer_of(failure.name);
  verdict.end = layer == Layer::limit || layer == Layer::unknown ? LegEnd::limit : LegEnd::down;
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
  // Like a rule's: what another host app's page does, or any host app's in the control leg, is no word of the platform.
  const bool is_a_word = owner != PageOwner::other || question.classifier.owner_of(answer.hop.url).host.empty();
  if (is_a_word && is_app_package(answer)) {
    return decide(verdict, owner, Outcome::app_jump, {"builtin-app-download", 1});
  }
  if (is_a_word && only_jumps_to_an_app(answer)) {
    return decide(verdict, owner, Outcome::app_jump, {"builtin-app-jump", 1});
  }
  if (answer.hop.status < 200 || answer.hop.status > 299) {
    return end_by_status(question, answer.hop.status, owner, verdict);
  }
  end_served(answer, owner, verdict);
}

}  // namespace linkaudit::probes
