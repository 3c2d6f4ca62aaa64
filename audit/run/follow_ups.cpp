#include "audit/run/follow_ups.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "audit/log/read.h"
#include "audit/query/view.h"
#include "audit/run/cell_fires.h"

namespace linkaudit::run {
namespace {

// The platform and context of every matrix cell in which a link is disputed.
std::set<std::pair<std::string, std::string>> disputed_pairs(const log::Log& log, const catalog::Catalog& catalog,
                                                             Instant as_of) {
  std::set<std::pair<std::string, std::string>> pairs;
  for (const law::MatrixCell& cell : query::look_at_matrix(log, catalog, as_of).cells) {
    if (cell.disputed) pairs.emplace(cell.platform, cell.context);
  }
  return pairs;
}

}  // namespace

FollowUps::FollowUps(const catalog::Catalog& catalog, const log::Log& log, const CellNumbers& numbers, Instant now)
    : catalog_(catalog), log_(log), numbers_(numbers), now_(now) {}

void FollowUps::skip(const probes::Target& cell) {
  if (skipped_.empty()) skipped_.resize(numbers_.size());
  skipped_[numbers_.of(cell)] = true;
}

void FollowUps::read() {
  if (!looks_.empty()) return;
  looks_.resize(numbers_.size());
  const std::string own_source = "|http|" + catalog_.vantage_id;
  const law::JudgementSettings& settings = catalog_.judgement;
  log::for_each_newest_span(log_, query::horizon_of(catalog_, now_), [&](const log::SpanRow& span) {
    const auto cell = numbers_.of(span.link, span.context);
    if (!cell) return;
    Look& look = looks_[*cell];
    const int days =
        span.valid_days.value_or(span.attestation ? settings.ttl_days_attestation : settings.ttl_days_probe);
    look.fresh_until = std::max(look.fresh_until, span.last + std::chrono::hours(24 * days));
    look.any = std::max(look.any, span.last);
    look.known = true;
    if (span.source != own_source || span.last < look.own) return;
    look.own = span.last;
    look.soft = span.network_failure && span.count == 1;
  });
}

std::vector<FollowUp> FollowUps::of(const catalog::ScheduleEntry& schedule, const std::vector<probes::Target>& cells,
                                    Instant era_begin) {
  std::vector<FollowUp> found;
  if (schedule.confirm_s) confirm(schedule, cells, found);
  if (schedule.recheck) recheck(schedule, cells, era_begin, found);
  return found;
}

void FollowUps::take(const probes::Target& cell, const std::string& schedule, Instant planned,
                     std::vector<FollowUp>& found) {
  if (cell.link->url.empty() || (!skipped_.empty() && skipped_[numbers_.of(cell)])) return;
  skip(cell);
  found.push_back({cell, schedule, planned});
}

void FollowUps::confirm(const catalog::ScheduleEntry& schedule, const std::vector<probes::Target>& cells,
                        std::vector<FollowUp>& found) {
  read();
  const std::string id = schedule.id + "/confirm";
  const Dealt dealt(numbers_, log_, id, catalog_.simulated);
  for (const probes::Target& cell : cells) {
    const Look& look = looks_[numbers_.of(cell)];
    if (!look.soft) continue;
    const Instant planned = look.own + std::chrono::seconds(*schedule.confirm_s);
    if (dealt.of(cell).value_or(Instant::min()) >= planned) continue;
    if (planned > now_) {
      next_ = std::min(next_.value_or(planned), planned);
    } else {
      take(cell, id, planned, found);
    }
  }
}

void FollowUps::recheck(const catalog::ScheduleEntry& schedule, const std::vector<probes::Target>& cells,
                        Instant era_begin, std::vector<FollowUp>& found) {
  const Timetable times = timetable_of(schedule.recheck->cron, schedule.zone);
  if (const auto next = schedules::next_after(times.cron, times.zone, now_)) {
    next_ = std::min(next_.value_or(*next), *next);
  }
  const auto planned = schedules::previous_before(times.cron, times.zone, now_ + std::chrono::milliseconds(1));
  if (!planned || *planned <= era_begin) return;
  read();
  const std::string id = schedule.id + "/recheck";
  const Dealt dealt(numbers_, log_, id, catalog_.simulated);
  std::set<std::pair<std::string, std::string>> disputed;
  if (schedule.recheck->disputed) disputed = disputed_pairs(log_, catalog_, *planned);
  for (const probes::Target& cell : cells) {
    const Look& look = looks_[numbers_.of(cell)];
    if (!look.known || look.any > *planned) continue;  // somebody has looked since
    const bool stale = schedule.recheck->stale && look.fresh_until < *planned;
    if (!stale && !disputed.contains({cell.link->platform, cell.context->id})) continue;
    if (dealt.of(cell).value_or(Instant::min()) < *planned) take(cell, id, *planned, found);
  }
}

}  // namespace linkaudit::run
