#include "probes/own_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "probes/fetch/credential_fields.h"

namespace linkaudit::probes {
namespace {

constexpr int kSpacing_ms = 1000;

// Canaries belong to others: the first two rounds (before a run, and after its first failure) come at once, the next
// ones ever further apart, up to one in a second.
std::chrono::milliseconds spacing_before(int round) {
  return std::chrono::milliseconds(round < 2 ? 0 : std::min(kSpacing_ms, 125 << std::min(round - 2, 3)));
}

// An answer of 5xx may be that of a gateway which has no line itself (RFC 6585 section 6 names one).
bool answered(const LegResult& leg) {
  return !leg.failure && !leg.exchanges.empty() && leg.exchanges.back().hop.status < 500;
}

void tell(std::vector<OwnLine::Answer> answers, bool works) {
  for (const OwnLine::Answer& answer : answers) answer(works);
}

}  // namespace

void OwnLine::ask(Answer answer) {
  if (!has_canaries() && works_) return answer(true);
  waiting_.push_back(std::move(answer));
  if (has_canaries() && !round_open_) begin_round();
}

void OwnLine::works() {
  if (has_canaries() || works_) return;
  works_ = true;
  tell(std::exchange(waiting_, {}), true);
}

void OwnLine::failed(const LegResult& leg) {
  if (has_canaries() && leg.request.leg != Leg::canary) return;
  if (!leg.failure) {
    const int status = leg.exchanges.empty() ? 0 : leg.exchanges.back().hop.status;
    if (status != 0) why_ = fmt::format("http_status (http) of the {} leg: {}", name(leg.request.leg), status);
    return;
  }
  const Failure& failure = *leg.failure;
  why_ = fmt::format("{} ({}) of the {} leg: {}", name(failure.name), name(failure.layer), name(failure.leg),
                     failure.text);
}

void OwnLine::nothing_more() {
  tell(std::exchange(waiting_, {}), false);
}

void OwnLine::begin_round() {
  round_open_ = true;
  auto round = std::make_shared<Round>();
  round->answers = std::exchange(waiting_, {});
  round->left = settings_.network.canaries.size();
  const auto now = Clock::now();
  const auto begins = std::max(now, last_began_ + spacing_before(rounds_++));
  const auto pause = std::chrono::ceil<std::chrono::milliseconds>(begins - now);
  last_began_ = begins;
  for (const std::string& canary : settings_.network.canaries) {
    LegRequest request;
    request.leg = Leg::canary;
    request.url = request.link_url = canary;
    request.client = without_credential_fields(settings_.control_client);
    runner_.add(
        std::move(request), [this, round](const LegResult& leg) { canary_ended(*round, leg); },
        static_cast<int>(pause.count()));
  }
}

void OwnLine::canary_ended(Round& round, const LegResult& leg) {
  --round.left;
  if (!answered(leg)) failed(leg);
  if (round.settled) return;
  if (answered(leg) || round.left == 0) settle(round, answered(leg));
}

void OwnLine::settle(Round& round, bool works) {
  round.settled = true;
  round_open_ = false;
  if (!waiting_.empty()) begin_round();
  tell(std::move(round.answers), works);
}

}  // namespace linkaudit::probes
