#include "audit/serve/daemon.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/law/calendar.h"
#include "audit/query/accounting.h"
#include "audit/query/cover.h"
#include "audit/query/tables.h"
#include "audit/run/era_change.h"
#include "audit/run/run_lock.h"
#include "audit/run/runner.h"
#include "audit/words.h"

namespace linkaudit::serve {
namespace {

// How long a clock that was set, or a machine that slept, may go unnoticed.
constexpr std::chrono::milliseconds kMostWait(10'000);
constexpr std::chrono::milliseconds kWhileBusy(500);
constexpr int kPauseOfPlanning = 4;  // times what a plan took

}  // namespace

Daemon::Daemon(DaemonRequest request)
    : request_(std::move(request)),
      catalog_(std::make_shared<const catalog::Catalog>(std::move(request_.catalog))),
      log_(log::Log::open(request_.database)) {}

void Daemon::say(std::string_view key, const std::string& what) {
  const std::string text(audit::word(query::code(request_.language), key));
  request_.say(law::format_instant(request_.now(), catalog_->zone) + "  " + fmt::format(fmt::runtime(text), what));
}

void Daemon::run(ServiceSignals& signals, ServiceNotice& notice) {
  say("serve.started", request_.database);
  notice.ready();
  while (!signals.stop().stop_requested()) {
    notice.alive();
    if (signals.take_reload()) reload(notice);
    if (is_time() && act(signals, notice)) continue;
    auto wait = until_next();
    if (notice.ping_every()) wait = std::min(wait, *notice.ping_every());
    signals.wait(wait);
  }
  notice.stopping();
  say("serve.stopped");
}

// What others have written may be due in another way: a soft outcome to confirm, a catalog of theirs that plans.
bool Daemon::is_time() {
  return planned_size_ != log_.size() || (next_ && *next_ <= request_.now());
}

std::chrono::milliseconds Daemon::until_next() const {
  if (planned_size_ < 0) return kWhileBusy;  // a run of somebody else's is under way
  if (!next_) return kMostWait;
  return std::clamp(*next_ - request_.now(), pause_, kMostWait);
}

// Returns whether something was done, and there may be more.
bool Daemon::act(ServiceSignals& signals, ServiceNotice& notice) {
  const auto lock = run::RunLock::take(request_.database);
  if (!lock) {
    planned_size_ = -1;
    return false;
  }
  const auto begun = std::chrono::steady_clock::now();
  const probes::Instant now = request_.now();
  run::begin_era(*catalog_, log_, shelf_, now);
  run::Planner planner(*catalog_, log_, shelf_);
  const run::Plan plan = planner.due(now);
  next_ = plan.next;
  planned_size_ = log_.size();
  pause_ = std::min(kMostWait, std::chrono::duration_cast<std::chrono::milliseconds>(
                                   kPauseOfPlanning * (std::chrono::steady_clock::now() - begun)));
  if (plan.planned() == 0) return false;
  carry_out(plan, planner, now, signals, notice);
  planned_size_ = -1;
  return true;
}

void Daemon::carry_out(const run::Plan& plan, run::Planner& planner, probes::Instant planned_at,
                       ServiceSignals& signals, ServiceNotice& notice) {
  run::RunRequest request{"due", ""};
  request.overlapped = [&](probes::Instant ended) { return planner.overlapped(plan, planned_at, ended); };
  const auto progress = [&](std::size_t, std::size_t) { notice.alive(); };
  const log::RunRecord record = run::execute(*catalog_, log_, plan, request, request_.now, progress, signals.stop());
  query::Accounting accounting;
  accounting.planned = record.planned;
  accounting.observed = record.observed;
  for (const auto& [reason, count] : record.gaps) accounting.gaps[reason] = count;
  request_.after_run(*catalog_, plan.schedules, record.ended);
  const std::string told = query::accounting_in_words(query::Reader{*catalog_, request_.language}, accounting);
  say("serve.ran", told);
  notice.status(told);
}

void Daemon::reload(ServiceNotice& notice) {
  notice.reloading();
  try {
    catalog_ = std::make_shared<const catalog::Catalog>(request_.load());
    planned_size_ = -1;
    say("serve.reloaded");
  } catch (const std::exception& error) {
    say("serve.kept", error.what());
  }
  notice.ready();
}

}  // namespace linkaudit::serve
