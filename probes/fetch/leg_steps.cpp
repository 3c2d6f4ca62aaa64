// The steps of one leg, from its link's check to its end. The turns of the loop are in leg_loop.cpp.
#include <fmt/format.h>
#include <netdb.h>

#include <algorithm>

#include "probes/fetch/failure_from_curl.h"
#include "probes/fetch/following.h"
#include "probes/fetch/header_fields.h"
#include "probes/fetch/leg_loop.h"
#include "probes/fetch/url_check.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kShortPage = 2048;

// Without a budget for the run, longer waits than this are not sat out.
constexpr auto kLongestRetryAfter = std::chrono::seconds(30);
constexpr std::size_t kMostHostsRemembered = 4096;

template <typename... Handler>
struct Cases : Handler... {
  using Handler::operator()...;
};

Failure url_failure(const UrlProblem& problem) {
  return make_failure(problem.name, "the URL cannot be fetched: " + problem.text);
}

// Another port may be another's server, and what was meant for https is not to be read on the way.
bool may_have_credentials(const Url& first, const Url& next) {
  if (next.host != first.host) return false;
  const bool upgraded = first.scheme == "http" && next.scheme == "https";
  return upgraded || (next.scheme == first.scheme && next.port == first.port);
}

double milliseconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

void LegLoop::begin(LegUnderWay& leg) {
  const LegRequest& request = leg.result.request;
  if (!request.link_url.empty()) {
    const auto link = parse_url(request.link_url);
    if (!link) return refuse_link(leg, url_failure(link.error()));
    if (auto refused = check_url(*link, guard_, connect_to_)) return refuse_link(leg, std::move(*refused));
  }
  auto first = parse_url(request.url);
  if (!first) return fail_unsent(leg, request.url, url_failure(first.error()));
  leg.first = *first;
  to_hop(leg, std::move(*first));
}

void LegLoop::to_hop(LegUnderWay& leg, Url url) {
  leg.next = std::move(url);
  if (auto refused = check_url(*leg.next, guard_, connect_to_)) {
    return fail_unsent(leg, leg.next->text, std::move(*refused));
  }
  if (gate_open(leg)) return enter(leg);
  leg.phase = LegPhase::waiting_turn;
  waiting_turn_.push_back(leg.id);
}

void LegLoop::enter(LegUnderWay& leg) {
  const auto now = Clock::now();
  gates_.enter(leg.next->host, now);
  if (const int most = leg.result.request.only_within_s; most > 0 && !leg.until)
    leg.until = now + std::chrono::seconds(most);
  ++asking_;
  leg.phase = LegPhase::resolving;
  const bool link_unseen = leg.result.request.through_gateway && leg.result.exchanges.empty();
  if (link_unseen) return check_link_name(leg);
  resolve(leg);
}

// A gateway is not told a link whose name leads to a refused address; in other legs the hop itself finds out.
void LegLoop::check_link_name(LegUnderWay& leg) {
  const auto link = parse_url(leg.result.request.link_url);
  if (!link || proxy_resolves() || operator_chose(*link)) return resolve(leg);
  const std::string name = name_to_resolve(*link);
  if (name.empty()) return resolve(leg);
  ask_for(leg, LegPhase::checking_link, name);
}

void LegLoop::resolve(LegUnderWay& leg) {
  leg.begun = Clock::now();
  const std::string name = name_to_resolve(*leg.next);
  if (name.empty() || proxy_resolves()) return transfer(leg, {}, -1);
  ask_for(leg, LegPhase::resolving, name);
}

void LegLoop::ask_for(LegUnderWay& leg, LegPhase phase, const std::string& name) {
  leg.phase = phase;
  leg.begun = Clock::now();
  leg.waits_for = name;
  if (const NameAnswer* known = resolver_.ask(name, leg.begun)) {
    const NameAnswer answer = *known;
    return answered(leg, answer);
  }
  waiting_name_[name].push_back(leg.id);
}

void LegLoop::answered(LegUnderWay& leg, const NameAnswer& answer) {
  const std::string name = std::exchange(leg.waits_for, {});
  std::vector<Address> addresses = answer.addresses;
  if (leg.phase == LegPhase::checking_link) {
    // A link that does not resolve is for the gateway to judge.
    auto refused = answer.error == 0 ? keep_allowed(addresses, name) : std::nullopt;
    return refused ? refuse_link(leg, std::move(*refused)) : resolve(leg);
  }
  if (answer.error != 0) return fail_unsent(leg, leg.next->text, failure_from_lookup(name, answer.error));
  if (!operator_chose(*leg.next)) {
    if (auto refused = keep_allowed(addresses, name)) return fail_unsent(leg, leg.next->text, std::move(*refused));
  }
  transfer(leg, std::move(addresses), milliseconds_since(leg.begun));
}

// Takes out the addresses that the guard refuses; a failure when none is left.
std::optional<Failure> LegLoop::keep_allowed(std::vector<Address>& addresses, const std::string& name) const {
  std::string why;
  std::erase_if(addresses, [&](const Address& address) {
    auto refusal = guard_.refusal(address);
    if (refusal) why = std::move(*refusal);
    return refusal.has_value();
  });
  if (!addresses.empty()) return std::nullopt;
  return make_failure(FailureName::refused_address, fmt::format("{} leads to a refused address: {}", name, why));
}

void LegLoop::transfer(LegUnderWay& leg, std::vector<Address> addresses, double lookup_ms) {
  TransferPlan plan;
  plan.url = *leg.next;
  if (const auto target = connect_to_.match(plan.url.host, plan.url.port)) {
    plan.connect_host = target->host;
    plan.connect_port = target->port;
  }
  plan.addresses = std::move(addresses);
  plan.unguarded = operator_chose(plan.url) || proxy_.has_value();
  plan.with_credentials = may_have_credentials(*leg.first, plan.url);
  plan.new_connection = leg.result.attempt > 1 || leg.new_connection;
  plan.lookup_ms = lookup_ms;
  plan.begun = leg.begun;
  if (!leg.easy) leg.easy = take_handle();
  leg.transfer.emplace(leg.easy.get(), settings_, proxy_ ? &*proxy_ : nullptr, guard_, socket_ends_,
                       leg.result.request.client, std::move(plan));
  curl_easy_setopt(leg.easy.get(), CURLOPT_PRIVATE, &leg);
  if (refused_tls_.contains(leg.next->host)) curl_easy_setopt(leg.easy.get(), CURLOPT_SSL_SESSIONID_CACHE, 0L);
  leg.phase = LegPhase::transferring;
  if (const auto code = curl_multi_add_handle(multi_.get(), leg.easy.get()); code != CURLM_OK) {
    throw std::runtime_error(std::string("libcurl: ") + curl_multi_strerror(code));
  }
}

void LegLoop::transferred(LegUnderWay& leg, CURLcode code) {
  curl_multi_remove_handle(multi_.get(), leg.easy.get());
  if (leg.transfer->lost_used_connection()) leg.least_attempts = 2;
  leg.new_connection = leg.transfer->found_unclean_connection();
  if (leg.new_connection) {
    leg.transfer->finish(code);
    leg.transfer.reset();
    return resolve(leg);
  }
  leg.result.exchanges.push_back(leg.transfer->finish(code));
  leg.transfer.reset();
  leave_gate(leg);
  note_tls_failure(*leg.next, leg.result.exchanges.back().failure);
  if (auto failure = leg.result.exchanges.back().failure) return fail(leg, std::move(*failure));
  after_exchange(leg);
}

// A session taken up again shows the certificate of its first handshake: another look would be none.
void LegLoop::note_tls_failure(const Url& url, const std::optional<Failure>& failure) {
  if (!failure || failure->layer != Layer::tls) return;
  if (refused_tls_.size() >= kMostHostsRemembered) refused_tls_.clear();
  refused_tls_.insert(url.host);
}

// A short page is read sooner than it is handed over.
void LegLoop::after_exchange(LegUnderWay& leg) {
  Exchange& last = leg.result.exchanges.back();
  if (last.body.size() < kShortPage || !is_to_be_read(last)) return go_on(leg);
  leg.phase = LegPhase::reading;
  ++pages_waiting_;
  reading_.read(leg.id, std::move(last));
}

void LegLoop::go_on(LegUnderWay& leg) {
  auto& exchanges = leg.result.exchanges;
  const Cases cases{
      [&](Arrived&) { end(leg); },
      [&](Astray& astray) { fail(leg, std::move(astray.failure)); },
      [&](Onward& onward) {
        const bool leaves_gateway = leg.result.request.through_gateway && exchanges.size() == 1;
        if (!leaves_gateway && leg.redirects++ >= settings_.max_redirects) {
          return fail(leg, make_failure(FailureName::too_many_redirects,
                                        fmt::format("more than {} redirects", settings_.max_redirects)));
        }
        exchanges.back().hop.via = std::move(onward.via);
        to_hop(leg, std::move(onward.url));
      },
  };
  Following next = follow(exchanges.back(), *leg.next, small_pages_);
  std::visit(cases, next);
}

// Before any exchange: nothing was sent.
void LegLoop::refuse_link(LegUnderWay& leg, Failure failure) {
  fail(leg, std::move(failure));
}

// A hop that was not connected to is kept all the same, with the reason.
void LegLoop::fail_unsent(LegUnderWay& leg, const std::string& url, Failure failure) {
  Exchange exchange;
  exchange.begun = leg.begun;
  exchange.hop.url = url;
  exchange.failure = failure;
  if (leg.phase == LegPhase::resolving) exchange.hop.timing.name_lookup = milliseconds_since(leg.begun);
  leg.result.exchanges.push_back(std::move(exchange));
  fail(leg, std::move(failure));
}

void LegLoop::fail(LegUnderWay& leg, Failure failure) {
  auto& exchanges = leg.result.exchanges;
  failure.hop = std::max(0, static_cast<int>(exchanges.size()) - 1);
  failure.leg = leg.result.request.leg;
  if (!exchanges.empty() && exchanges.back().failure) exchanges.back().failure = failure;
  leg.result.failure = std::move(failure);
  end(leg);
}

void LegLoop::end(LegUnderWay& leg) {
  leave_gate(leg);
  release_handle(leg);
  auto ended = std::move(under_way_.extract(leg.id).mapped());
  if (!try_again(ended)) ended_.push_back(std::move(ended));
}

bool LegLoop::try_again(std::unique_ptr<LegUnderWay>& leg) {
  LegResult& result = leg->result;
  if (result.request.only_within_s > 0) return false;
  auto reason = worth_retrying(result);
  if (!reason || result.attempt >= std::max(settings_.attempts, leg->least_attempts)) return false;
  std::chrono::milliseconds delay = back_off_.after_attempt(result.attempt);
  if (!result.failure) {
    const auto now_utc = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto value = first_header(result.exchanges.back().headers, "retry-after");
    const auto asked = value ? retry_after(*value, now_utc) : std::nullopt;
    if (asked && !budget_ends_ && *asked > kLongestRetryAfter) return false;
    if (asked) delay = std::max(delay, std::chrono::milliseconds(*asked));
  }
  const auto when = Clock::now() + delay;
  if (budget_ends_ && when >= *budget_ends_) return false;
  result.earlier.push_back({std::exchange(result.exchanges, {}), std::move(*reason)});
  ++result.attempt;
  result.failure.reset();
  leg->redirects = 0;
  leg->next.reset();
  if (auto first = parse_url(result.request.url)) leg->next = std::move(*first);
  std::string group = result.request.limit_group;
  queue_.push_later(when, std::move(group), std::move(leg));
  return true;
}

bool LegLoop::proxy_resolves() const {
  return proxy_ && proxy_->resolves_names;
}

bool LegLoop::operator_chose(const Url& url) const {
  const auto target = connect_to_.match(url.host, url.port);
  return target && !target->host.empty();
}

// The name behind which the address to connect to is found; "" when that is an address already.
std::string LegLoop::name_to_resolve(const Url& url) const {
  const auto target = connect_to_.match(url.host, url.port);
  const std::string& host = target && !target->host.empty() ? target->host : url.host;
  return parse_address(host) ? std::string() : host;
}

}  // namespace linkaudit::probes
