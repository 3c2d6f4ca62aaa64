#include "audit/law/overdue.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

constexpr Duration kDay = std::chrono::hours(24);

}  // namespace

// Fresh from the first word until the last has aged or the source says something else. A word is fresh at least on the
// day on which it is spoken, so words less than a day apart leave no day out.
void FreshTime::add_run(const Run& run, Instant until, Stretches& stretches) {
  const auto add = [&](Instant begin, Instant end) { stretches.push_back({begin, std::min(end, until)}); };
  if (run.step <= std::max(run.fresh_for, kDay)) return add(run.first, run.last + run.fresh_for);
  for (Instant word = run.first; word < run.last; word += run.step) add(word, word + run.fresh_for);
  add(run.last, run.last + run.fresh_for);
}

void FreshTime::add(const LinkState& link, Instant as_of) {
  for (const auto& sources : link.history->cell->tiers) {
    for (const Source& source : sources) {
      for (std::size_t index = 0; index < source.size(); ++index) {
        add_run(source[index], index + 1 < source.size() ? source[index + 1].first : as_of, stretches_);
      }
    }
  }
  constexpr std::size_t kMany = 4096;  // of many links most are the same time
  if (stretches_.size() < 2 * merged_ + kMany) return;
  stretches_ = merged(std::move(stretches_));
  merged_ = stretches_.size();
}

// Those that overlap as one: a day has to be worked out in its zone for each begin and end.
FreshTime::Stretches FreshTime::merged(Stretches stretches) {
  const auto earlier = [](const Stretch& left, const Stretch& right) { return left.begin < right.begin; };
  if (!std::is_sorted(stretches.begin(), stretches.end(), earlier)) {
    std::sort(stretches.begin(), stretches.end(), earlier);
  }
  Stretches whole;
  for (const Stretch& next : stretches) {
    if (whole.empty() || next.begin > whole.back().end) {
      whole.push_back(next);
    } else {
      whole.back().end = std::max(whole.back().end, next.end);
    }
  }
  return whole;
}

Date overdue_from(const LinkState& state, const Clause& clause) {
  const Obligation& obligation = *clause.obligation;
  if (!state.met_in_force) return obligation.effective;
  return std::max(obligation.effective, date_at(state.begin.since, obligation.zone));
}

int FreshTime::days_without(const Date& from, Instant as_of, const std::string& zone) const {
  const int days = days_between(from, date_at(as_of, zone));
  int measured = 0, counted = 0;  // days after `from`: how many are measured, up to which they are counted
  for (const Stretch& stretch : merged(stretches_)) {
    const int first = std::max(counted + 1, days_between(from, date_at(stretch.begin, zone)));
    const int last = days_between(from, date_at(std::min(stretch.end, as_of), zone));
    if (last < first) continue;
    measured += last - first + 1;
    counted = last;
  }
  return std::max(0, days - measured);
}

}  // namespace linkaudit::law
