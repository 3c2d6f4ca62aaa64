#include "audit/law/overdue.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

constexpr Duration kDay = std::chrono::hours(24);

// The days after `from` as a row of marks.
class Days {
 public:
  Days(const Date& from, Instant as_of, const std::string& zone) : from_(from), zone_(zone), as_of_(as_of) {
    const int days = days_between(from, date_at(as_of, zone));
    marks_.resize(static_cast<std::size_t>(std::max(0, days)), false);
  }

  void mark(Instant begin, Instant end) {
    if (begin > as_of_) return;
    const int size = static_cast<int>(marks_.size());
    const int first = std::max(1, days_between(from_, date_at(begin, zone_)));
    const int last = std::min(size, days_between(from_, date_at(std::min(end, as_of_), zone_)));
    for (int day = first; day <= last; ++day) marks_[static_cast<std::size_t>(day - 1)] = true;
  }

  int unmarked() const { return static_cast<int>(std::count(marks_.begin(), marks_.end(), false)); }

 private:
  Date from_;
  const std::string& zone_;
  Instant as_of_;
  std::vector<bool> marks_;
};

// Fresh from the first word until the last has aged or the source says something else. A word is fresh at least on the
// day on which it is spoken, so words less than a day apart leave no day out.
void mark(Days& days, const Run& run, Instant until) {
  const auto stretch = [&](Instant begin, Instant end) { days.mark(begin, std::min(end, until)); };
  if (run.step <= std::max(run.fresh_for, kDay)) return stretch(run.first, run.last + run.fresh_for);
  for (Instant word = run.first; word < run.last; word += run.step) stretch(word, word + run.fresh_for);
  stretch(run.last, run.last + run.fresh_for);
}

}  // namespace

Date overdue_from(const LinkState& state, const Clause& clause) {
  const Obligation& obligation = *clause.obligation;
  if (!state.met_in_force) return obligation.effective;
  return std::max(obligation.effective, date_at(state.begin.since, obligation.zone));
}

int unmeasured_days(const std::vector<const LinkState*>& links, const Date& from, Instant as_of,
                    const std::string& zone) {
  Days days(from, as_of, zone);
  for (const LinkState* link : links) {
    for (const auto& sources : link->history->cell->tiers) {
      for (const Source& source : sources) {
        for (std::size_t index = 0; index < source.size(); ++index) {
          mark(days, source[index], index + 1 < source.size() ? source[index + 1].first : as_of);
        }
      }
    }
  }
  return days.unmarked();
}

}  // namespace linkaudit::law
