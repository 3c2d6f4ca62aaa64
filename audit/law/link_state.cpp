#include "audit/law/link_state.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

bool decided(Status status) {
  return status == Status::met || status == Status::breached;
}

Verdict verdict_at(const Moment& moment, const Obligation& obligation) {
  if (!moment.fresh || moment.disputed) return {};
  const Verdict plain = verdict(obligation, *moment.holder->span);
  if (!moment.soft || !decided(plain.status)) return plain;
  return {Status::undetermined, plain.status};
}

// The history of one link as the clause sees it.
class Course {
 public:
  Course(const LinkHistory& history, const Clause& clause)
      : history_(history), moments_(history.moments), clause_(clause) {
    statuses_.reserve(moments_.size());
    for (const Moment& moment : moments_) statuses_.push_back(verdict_at(moment, *clause.obligation).status);
  }

  // Newest moment for which `wanted` holds.
  template <typename Wanted>
  std::optional<std::size_t> newest(Wanted wanted) const {
    for (std::size_t index = moments_.size(); index-- > 0;) {
      if (wanted(index)) return index;
    }
    return std::nullopt;
  }

  Status status(std::size_t index) const { return statuses_[index]; }

  bool met_in_force() const {
    return newest([&](std::size_t index) { return statuses_[index] == Status::met && seen_in_force(index); })
        .has_value();
  }

  std::optional<std::size_t> newest_decided() const {
    return newest([&](std::size_t index) { return decided(statuses_[index]); });
  }

  Beginning since(std::size_t end) const {
    return beginning(
        history_, end, [&](std::size_t index) { return statuses_[index] == statuses_[end]; },
        [&](std::size_t index) { return decided(statuses_[index]) && statuses_[index] != statuses_[end]; });
  }

  bool ever(Status wanted) const { return std::find(statuses_.begin(), statuses_.end(), wanted) != statuses_.end(); }

 private:
  // Was the word that held spoken at or after the effective date? It may have been spoken before it came to hold, and
  // again while it held.
  bool seen_in_force(std::size_t index) const {
    const Run& holder = *moments_[index].holder;
    if (seen_before(holder, moments_[index].at) >= clause_.effective) return true;
    const std::optional<Instant> seen = seen_after(holder, std::max(clause_.effective, moments_[index].at));
    return seen && (index + 1 == moments_.size() || *seen < moments_[index + 1].at);
  }

  const LinkHistory& history_;
  const std::vector<Moment>& moments_;
  const Clause& clause_;
  std::vector<Status> statuses_;
};

}  // namespace

LinkState link_state(const LinkHistory& history, const Clause& clause) {
  LinkState state;
  state.history = &history;
  const Course course(history, clause);
  state.verdict = verdict_at(history.now(), *clause.obligation);
  state.met_in_force = course.met_in_force();

  const auto judged = course.newest_decided();
  state.uncured = judged && course.status(*judged) == Status::breached && !decided(state.verdict.status);
  const auto known = course.newest([&](std::size_t index) { return history.moments[index].fresh; });
  const bool as_judged = judged && known && *judged == *known;
  state.begin = as_judged ? course.since(*judged) : outcome_since(history);
  if (state.is(Status::met) && course.ever(Status::breached) && state.begin.since >= clause.effective) {
    state.cured_at = state.begin.since;
  }
  return state;
}

}  // namespace linkaudit::law
