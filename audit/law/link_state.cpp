#include "audit/law/link_state.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

// The history of one link as the clause sees it.
class Course {
 public:
  Course(const LinkHistory& history, const Clause& clause, std::span<const Verdict> verdicts)
      : history_(history), moments_(history.moments), clause_(clause), verdicts_(verdicts) {}

  // Newest moment for which `wanted` holds.
  template <typename Wanted>
  std::optional<std::size_t> newest(Wanted wanted) const {
    for (std::size_t index = moments_.size(); index-- > 0;) {
      if (wanted(index)) return index;
    }
    return std::nullopt;
  }

  const Verdict& verdict(std::size_t index) const { return verdicts_[moments_[index].kind]; }
  Status status(std::size_t index) const { return verdict(index).status; }
  bool decided(std::size_t index) const { return verdict(index).decided(); }

  bool ever(Status wanted) const {
    return std::any_of(verdicts_.begin(), verdicts_.end(), [&](const Verdict& each) { return each.status == wanted; });
  }

  bool met_in_force() const {
    if (!ever(Status::met)) return false;
    return newest([&](std::size_t index) { return status(index) == Status::met && seen_in_force(index); }).has_value();
  }

  std::optional<std::size_t> newest_decided() const {
    return newest([&](std::size_t index) { return decided(index); });
  }

  Beginning since(std::size_t end) const {
    return beginning(
        history_, end, [&](std::size_t index) { return status(index) == status(end); },
        [&](std::size_t index) { return decided(index) && status(index) != status(end); });
  }

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
  std::span<const Verdict> verdicts_;  // by kind; every kind occurs
};

Satisfied satisfied(const LinkHistory& history, const Requires& required) {
  Satisfied satisfied;
  for (const probes::Tier tier : probes::kTiers) {
    const TierState& state = history.at(tier);
    if (state.settled()) satisfied[static_cast<std::size_t>(tier)] = satisfies(required, *state.holder->span);
  }
  return satisfied;
}

}  // namespace

Verdict verdict_at(const Moment& moment, const Verdict& of_word) {
  if (!moment.fresh || moment.disputed) return {};
  if (!moment.soft || !of_word.decided()) return of_word;
  return {Status::undetermined, of_word.status};
}

Verdict verdict_at(const Moment& moment, const Clause& clause) {
  return verdict_at(moment, verdict(clause, *moment.holder->span));
}

LinkState link_state(const LinkHistory& history, const Clause& clause, std::span<const Verdict> verdicts) {
  LinkState state;
  state.history = &history;
  const Course course(history, clause, verdicts);
  state.verdict = verdicts[history.now().kind];
  state.met_in_force = course.met_in_force();

  const auto judged = course.newest_decided();
  state.uncured = judged && course.status(*judged) == Status::breached && !state.verdict.decided();
  const auto known = course.newest([&](std::size_t index) { return history.moments[index].fresh; });
  const bool as_judged = judged && known && *judged == *known;
  state.begin = as_judged ? course.since(*judged) : outcome_since(history);
  if (state.is(Status::met) && course.ever(Status::breached) && state.begin.since >= clause.effective) {
    state.cured_at = state.begin.since;
  }
  state.blame = blame_of(state.word());
  return state;
}

LinkState link_state(const LinkHistory& history, const Clause& clause) {
  std::vector<Verdict> verdicts;
  for (const std::size_t example : history.kinds) verdicts.push_back(verdict_at(history.moments[example], clause));
  LinkState state = link_state(history, clause, verdicts);
  state.satisfied = satisfied(history, clause.obligation->requires_);
  return state;
}

}  // namespace linkaudit::law
