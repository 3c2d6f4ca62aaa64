#include "probes/fetch/leg_loop.h"

#include <netdb.h>

#include <algorithm>
#include <stdexcept>

#include "probes/fetch/ca_file.h"
#include "probes/fetch/open_files.h"
#include "probes/fetch/url_check.h"

namespace linkaudit::probes {
namespace {

constexpr auto kLongestWait = std::chrono::milliseconds(500);
constexpr auto kLongestWaitForRoom = std::chrono::milliseconds(1);

std::optional<Proxy> proxy_of(const NetworkSettings& settings) {
  if (settings.proxy.empty()) return std::nullopt;
  auto proxy = parse_proxy(settings.proxy);
  if (!proxy) throw std::invalid_argument("the proxy " + proxy.error());
  return std::move(*proxy);
}

constexpr std::size_t kMostPageBytes = std::size_t{6} << 20;  // some 60 pages of shops
constexpr std::size_t kWaitingForEachAsking = 16;  // legs under way that wait for a host, for each that is let through

}  // namespace

LegLoop::LegLoop(const NetworkSettings& settings, LookUp look_up)
    : settings_(settings),
      proxy_(proxy_of(settings)),
      guard_(settings.allow_private),
      connect_to_(settings.connect_to),
      gates_(settings.per_host_concurrency, settings.per_host_rate_per_s),
      back_off_(settings.seed),
      multi_(curl_multi_init()),
      resolver_(std::move(look_up), [this] { events_.wake(); }),
      reading_(kMostPageBytes, [this] { events_.wake(); }) {
  if (!multi_) throw std::runtime_error("libcurl cannot start a multi handle");
  events_.attach(multi_.get());
  if (!settings_.ca_file.empty()) require_ca_file(settings_.ca_file);
  settings_.concurrency = transfers_possible(settings_.concurrency);
  // Of requests that share a connection each has a part in how the others end, and in how fast they come.
  curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(settings_.concurrency));
}

LegLoop::~LegLoop() {
  drop_all();
}

void LegLoop::add(LegRequest request, LegRunner::Done done, int delay_ms) {
  auto leg = std::make_unique<LegUnderWay>();
  leg->done = std::move(done);
  if (auto url = parse_url(request.url)) leg->next = std::move(*url);
  std::string group = request.limit_group;
  if (group.empty()) {
    const auto link = parse_url(request.link_url);
    group = link ? link->host : leg->next ? leg->next->host : std::string();
    request.limit_group = group;
  }
  leg->result.request = std::move(request);
  if (delay_ms > 0) {
    queue_.push_later(Clock::now() + std::chrono::milliseconds(delay_ms), std::move(group), std::move(leg));
  } else {
    queue_.push(std::move(group), std::move(leg));
  }
}

bool LegLoop::run(const std::stop_token& stop) {
  const std::stop_callback wake(stop, [this] { events_.wake(); });
  if (settings_.budget_s > 0 && !budget_ends_) budget_ends_ = Clock::now() + std::chrono::seconds(settings_.budget_s);
  while (!idle()) {
    if (stop.stop_requested() || out_of_budget()) {
      drop_all();
      return false;
    }
    gate_freed_ = false;
    next_gate_.reset();
    held_ = full_ && full_();
    queue_.wake(Clock::now());
    enter_gates();
    begin_legs();
    events_.turn(ended_.empty() && !gate_freed_ ? longest_wait() : std::chrono::milliseconds(0));
    take_ended_transfers(stop);
    take_answers();
    take_pages();
    end_overdue();
    hand_out(stop);
  }
  return true;
}

bool LegLoop::out_of_budget() const {
  return budget_ends_ && Clock::now() >= *budget_ends_;
}

// Legs that have begun come before new ones.
void LegLoop::enter_gates() {
  for (const std::uint64_t id : std::exchange(waiting_turn_, {})) {
    const auto found = under_way_.find(id);
    if (found == under_way_.end() || found->second->phase != LegPhase::waiting_turn) continue;
    if (gate_open(*found->second)) {
      enter(*found->second);
    } else {
      waiting_turn_.push_back(id);
    }
  }
}

void LegLoop::begin_legs() {
  const auto most = static_cast<std::size_t>(settings_.concurrency) * (1 + kWaitingForEachAsking);
  const auto may_begin = [this](const LegUnderWay& leg) { return !leg.next || gate_open(leg); };
  while (asking_ < static_cast<std::size_t>(settings_.concurrency) && under_way_.size() < most) {
    auto leg = queue_.take(may_begin);
    if (leg == nullptr) return;
    leg->id = ++last_id_;
    LegUnderWay& begun = *leg;
    under_way_.emplace(begun.id, std::move(leg));
    begin(begun);
  }
}

// Short pages are read here, and all are judged in hand_out(): with many at once a stop need not wait for the last.
void LegLoop::take_ended_transfers(const std::stop_token& stop) {
  int left = 0;
  while (!stop.stop_requested()) {
    const CURLMsg* message = curl_multi_info_read(multi_.get(), &left);
    if (message == nullptr) return;
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    LegUnderWay* leg = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &leg);
    transferred(*leg, code);
  }
}

void LegLoop::take_answers() {
  for (const auto& [host, answer] : resolver_.take_answers(Clock::now())) {
    auto waiting = waiting_name_.extract(host);
    if (waiting.empty()) continue;
    for (const std::uint64_t id : waiting.mapped()) {
      const auto found = under_way_.find(id);
      if (found != under_way_.end() && found->second->waits_for == host) answered(*found->second, answer);
    }
  }
}

void LegLoop::take_pages() {
  for (PageReading::Read& read : reading_.take()) {
    const auto found = under_way_.find(read.leg);
    if (found == under_way_.end() || found->second->phase != LegPhase::reading) continue;
    LegUnderWay& leg = *found->second;
    leg.phase = LegPhase::queued;
    --pages_waiting_;
    gate_freed_ = true;
    leg.result.exchanges.back() = std::move(read.exchange);
    go_on(leg);
  }
}

LegLoop::Clock::time_point LegLoop::deadline(const LegUnderWay& leg) const {
  const auto until = leg.until.value_or(Clock::time_point::max());
  switch (leg.phase) {
    case LegPhase::checking_link:
    case LegPhase::resolving:
      return std::min(until, leg.begun + std::chrono::seconds(std::min(settings_.connect_s, settings_.timeout_s)));
    case LegPhase::transferring: return std::min(until, leg.transfer->deadline());
    case LegPhase::queued:
    case LegPhase::waiting_turn:
    case LegPhase::reading: break;
  }
  return Clock::time_point::max();
}

void LegLoop::end_overdue() {
  const auto now = Clock::now();
  std::vector<std::uint64_t> overdue;
  for (const auto& [id, leg] : under_way_) {
    if (deadline(*leg) <= now) overdue.push_back(id);
  }
  std::ranges::sort(overdue);  // the order must not hang on the hash table
  for (const std::uint64_t id : overdue) {
    LegUnderWay& leg = *under_way_.at(id);
    if (leg.phase == LegPhase::transferring) {
      transferred(leg, CURLE_OPERATION_TIMEDOUT);
    } else {
      resolver_.give_up(leg.waits_for);
      answered(leg, {.addresses = {}, .error = EAI_AGAIN});
    }
  }
}

// While nothing comes.
std::chrono::milliseconds LegLoop::longest_wait() const {
  const auto now = Clock::now();
  auto until = now + (held_ ? kLongestWaitForRoom : kLongestWait);
  for (const auto& [id, leg] : under_way_) until = std::min(until, deadline(*leg));
  for (const auto& other : {queue_.next_wake(), next_gate_, budget_ends_}) {
    if (other) until = std::min(until, *other);
  }
  return std::chrono::ceil<std::chrono::milliseconds>(until - now);
}

// Last in a turn: the callback may add legs.
void LegLoop::hand_out(const std::stop_token& stop) {
  while (!ended_.empty() && !stop.stop_requested()) {
    const auto leg = std::move(ended_.front());
    ended_.pop_front();
    leg->done(std::move(leg->result));
  }
}

void LegLoop::drop_all() {
  for (const auto& [id, leg] : under_way_) {
    leave_gate(*leg);
    release_handle(*leg);
  }
  under_way_.clear();
  reading_.forget_all();
  pages_waiting_ = 0;
  queue_.clear();
  ended_.clear();
  waiting_turn_.clear();
  waiting_name_.clear();
}

// Nobody is asked for more while there is no room for results, or as many pages as may be asked for at once wait to be
// read. A leg whose time is limited, and runs, is not held up: it would end as too late.
bool LegLoop::gate_open(const LegUnderWay& leg) {
  if (held_ && !leg.until) return false;
  const auto most = static_cast<std::size_t>(settings_.concurrency);
  if (asking_ >= most || pages_waiting_ >= most) return false;
  const auto opens = gates_.opens(leg.next->host);
  if (!opens) return false;
  if (*opens <= Clock::now()) return true;
  next_gate_ = next_gate_ ? std::min(*next_gate_, *opens) : *opens;
  return false;
}

void LegLoop::leave_gate(LegUnderWay& leg) {
  if (leg.phase == LegPhase::queued || leg.phase == LegPhase::waiting_turn || leg.phase == LegPhase::reading) return;
  gates_.leave(leg.next->host, Clock::now());
  --asking_;
  gate_freed_ = true;
  leg.phase = LegPhase::queued;
}

CurlEasy LegLoop::take_handle() {
  if (!idle_handles_.empty()) {
    CurlEasy handle = std::move(idle_handles_.back());
    idle_handles_.pop_back();
    return handle;
  }
  CurlEasy handle(curl_easy_init());
  if (!handle) throw std::runtime_error("libcurl cannot start an easy handle");
  // A cookie put in turns the cookie engine on, for good; CURLOPT_COOKIEFILE would leak its list at each reset.
  curl_easy_setopt(handle.get(), CURLOPT_COOKIELIST, "Set-Cookie: engine=on; domain=example.invalid");
  curl_easy_setopt(handle.get(), CURLOPT_COOKIELIST, "ALL");
  return handle;
}

void LegLoop::release_handle(LegUnderWay& leg) {
  if (!leg.easy) return;
  if (leg.transfer) curl_multi_remove_handle(multi_.get(), leg.easy.get());
  curl_easy_reset(leg.easy.get());  // before the lists that it points to go with the transfer
  leg.transfer.reset();
  curl_easy_setopt(leg.easy.get(), CURLOPT_COOKIELIST, "ALL");  // forgets them all
  // A handle keeps the error number of its last failure for good.
  if (!leg.result.failure && idle_handles_.size() < static_cast<std::size_t>(settings_.concurrency)) {
    idle_handles_.push_back(std::move(leg.easy));
  }
  leg.easy.reset();
}

}  // namespace linkaudit::probes
