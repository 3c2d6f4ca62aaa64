#include "probes/looks.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "probes/evidence_of.h"
#include "probes/page/digest.h"

namespace linkaudit::probes {
namespace {

void keep_page(LegResult& leg, LegSeen& seen) {
  if (leg.failure || leg.exchanges.empty()) return;
  Exchange& last = leg.exchanges.back();
  Page page;
  page.final_url = last.hop.url;
  if (last.page) {
    page.title = last.page->title;
    page.charset = last.page->charset;
  }
  page.bytes = static_cast<std::int64_t>(last.body.size());
  page.sha256 = seen.verdict.body_sha256;
  page.truncated = last.truncated;
  const Leg kind = leg.request.leg;
  if (last.page && (kind == Leg::control || kind == Leg::random_path)) seen.text_sha256 = sha256_hex(last.page->text);
  seen.page = std::move(page);
}

// On the wall clock: what began so long ago began then.
std::shared_ptr<const LegEvidence> evidence_of(LegResult leg, const LegSeen& seen) {
  const Moment now{seen.at, std::chrono::steady_clock::now()};
  LegEvidence evidence = take_evidence(leg, now, seen.verdict.body_sha256);
  evidence.failed_again = seen.seen_again;
  return std::make_shared<const LegEvidence>(std::move(evidence));
}

void keep_attempts(const LegRequest& request, std::vector<EarlierAttempt> attempts, const Moment& now, LegSeen& seen) {
  for (EarlierAttempt& each : attempts) {
    Attempt attempt{now.at, request.url, "", each.failure};
    if (!each.exchanges.empty()) {
      const Exchange& last = each.exchanges.back();
      attempt = {now.of(last.begun), last.hop.url, last.hop.address, each.failure};
    }
    seen.earlier.push_back(std::move(attempt));
    const int number = static_cast<int>(seen.earlier.size());
    seen.earlier_evidence.push_back(std::make_shared<const LegEvidence>(take_evidence(request, each, number, now)));
  }
}

}  // namespace

bool reached_http(const LegResult& leg) {
  if (leg.failure && leg.failure->layer == Layer::http) return true;
  return std::ranges::any_of(leg.exchanges, [](const Exchange& exchange) { return exchange.hop.status != 0; });
}

Looks::Looks(LegRunner& runner, const Classifier& classifier, const ProberSettings& settings, const NowFunction& now,
             std::function<void(const LegResult&)> each_leg)
    : runner_(runner), classifier_(classifier), settings_(settings), now_(now), each_leg_(std::move(each_leg)) {}

void Looks::begin(LegRequest request, std::string host, std::string platform, Done done) {
  look(std::move(request), {std::move(host), std::move(platform), std::move(done), 0, {}, true}, 0);
}

void Looks::look(LegRequest request, Looking looking, int delay_ms) {
  ++looking.looks;
  // std::function wants something that can be copied.
  auto kept = std::make_shared<Looking>(std::move(looking));
  runner_.add(
      std::move(request), [this, kept](LegResult leg) { looked(std::move(leg), std::move(*kept)); }, delay_ms);
}

void Looks::looked(LegResult leg, Looking looking) {
  each_leg_(leg);
  LegSeen& seen = looking.seen;
  const bool failed_on_host_app = seen.verdict.failed_on_host_app;
  seen.verdict = judge_leg(classifier_, leg, looking.host, looking.platform);
  looking.same_party &= looking.looks == 1 || seen.verdict.failed_on_host_app == failed_on_host_app;
  seen.attempts += leg.attempt;
  seen.failed_on_network = leg.failure && is_network_failure(leg.failure->name);
  const bool again = seen.failed_on_network && looking.looks < settings_.repeats && leg.request.only_within_s == 0;
  if (again) leg.earlier.push_back({std::move(leg.exchanges), std::move(*leg.failure)});
  if (!leg.earlier.empty()) {
    keep_attempts(leg.request, std::exchange(leg.earlier, {}), {now_(), std::chrono::steady_clock::now()}, seen);
  }
  if (again) {
    return look(std::move(leg.request), std::move(looking), settings_.repeat_after_s * 1000);
  }
  seen.seen_again = seen.failed_on_network && looking.looks > 1 && looking.same_party;
  seen.at = now_();
  for (Exchange& exchange : leg.exchanges) seen.hops.push_back(exchange.hop);
  keep_page(leg, seen);
  seen.evidence = evidence_of(std::move(leg), seen);
  looking.done(std::move(seen));
}

}  // namespace linkaudit::probes
