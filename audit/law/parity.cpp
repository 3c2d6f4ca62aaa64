#include "audit/law/parity.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "audit/law/comparison.h"

namespace linkaudit::law {
namespace {

// Something changes for a member: the word that holds, or what it shows at a tier.
struct Event {
  Instant at{};
  std::size_t member = 0;
  const Moment* holds = nullptr;
  const Moment* shows = nullptr;
};

using TierMoments = std::vector<std::vector<Moment>>;  // of members whose tiers have histories of their own

class Sweep {
 public:
  Sweep(const std::vector<ParityMember>& members, const Clause& clause, Instant as_of)
      : clause_(clause), standings_(members, clause), current_(members.size()), dirty_(members.size()) {
    for (std::size_t member = 0; member < members.size(); ++member) add(member, *members[member].history, as_of);
    const auto earlier = [](const Event& left, const Event& right) { return left.at < right.at; };
    std::stable_sort(events_.begin(), events_.end(), earlier);
    courses_.resize(members.size());
  }

  void run() {
    for (auto event = events_.begin(); event != events_.end();) {
      const Instant now = event->at;
      for (; event != events_.end() && event->at == now; ++event) apply(*event);
      tell(now);
    }
  }

  // Is the member's own history enough? It is where one verdict holds all along, as it does for most.
  bool as_told(std::size_t member, const LinkHistory& history) const {
    return history.moments.size() == 1 && courses_[member].moments.size() == 1;
  }

  LinkHistory history(std::size_t member, const LinkHistory& of) {
    LinkHistory history;
    history.link = of.link;
    history.cell = of.cell;
    history.moments = std::move(courses_[member].moments);
    history.fresh = of.fresh;
    history.tiers = of.tiers;
    history.window = of.window;
    return history;
  }

  LinkState state(std::size_t member, const LinkHistory& history) const {
    LinkState state = link_state(history, clause_, courses_[member].verdicts);
    for (const probes::Tier tier : probes::kTiers) {
      const TierState& there = history.at(tier);
      if (!there.settled()) continue;
      state.satisfied[static_cast<std::size_t>(tier)] = standings_.compare(member, *there.holder->span).satisfied;
    }
    const Moment& now = history.now();
    state.blame = standings_.compare(member, *now.holder->span).blame;
    if (now.fresh && !now.disputed) state.compared = standings_.others(member, now.tier);
    return state;
  }

 private:
  struct Course {
    std::vector<Moment> moments;
    std::vector<Verdict> verdicts;  // by kind of moment
  };

  void add(std::size_t member, const LinkHistory& history, Instant as_of) {
    const auto spoken = [&](probes::Tier tier) { return !history.cell->at(tier).empty(); };
    const bool one_tier = std::count_if(probes::kTiers.begin(), probes::kTiers.end(), spoken) == 1;
    for (const Moment& moment : history.moments) {
      events_.push_back({moment.at, member, &moment, one_tier ? &moment : nullptr});
    }
    if (one_tier) return;
    for (const probes::Tier tier : probes::kTiers) {
      tier_moments_.push_back(timeline(*history.cell, tier, as_of, history.window));
      for (const Moment& moment : tier_moments_.back()) events_.push_back({moment.at, member, nullptr, &moment});
    }
  }

  void apply(const Event& event) {
    if (event.shows != nullptr) {
      const Moment& shows = *event.shows;
      standings_.show(event.member, shows.tier, shows.settled() ? shows.holder->span : nullptr);
    }
    if (event.holds == nullptr) return;
    current_[event.member] = event.holds;
    dirty_[event.member] = true;
  }

  // All that is told anew at an instant, once everything of that instant is known.
  void tell(Instant now) {
    std::array<bool, probes::kTiers.size()> moved{};
    for (const probes::Tier tier : probes::kTiers) moved[static_cast<std::size_t>(tier)] = standings_.moved(tier);
    for (std::size_t member = 0; member < current_.size(); ++member) {
      const Moment* current = current_[member];
      if (current == nullptr) continue;
      const bool own = dirty_[member];
      if (!own && !moved[static_cast<std::size_t>(current->tier)]) continue;
      dirty_[member] = false;
      const Verdict of_word = standings_.compare(member, *current->holder->span).verdict;
      add(courses_[member], *current, now, verdict_at(*current, of_word), own);
    }
  }

  static void add(Course& course, const Moment& current, Instant at, const Verdict& verdict, bool own) {
    std::vector<Moment>& moments = course.moments;
    const auto known = std::find(course.verdicts.begin(), course.verdicts.end(), verdict);
    const auto kind = static_cast<std::uint32_t>(known - course.verdicts.begin());
    if (!own && moments.back().kind == kind) return;
    if (known == course.verdicts.end()) course.verdicts.push_back(verdict);
    Moment& moment = moments.emplace_back(current);
    moment.at = at;
    moment.kind = kind;
  }

  const Clause& clause_;
  Standings standings_;
  std::vector<const Moment*> current_;  // by member; nothing before its first word
  std::vector<bool> dirty_;             // by member: another word holds
  std::vector<Event> events_;
  TierMoments tier_moments_;
  std::vector<Course> courses_;
};

}  // namespace

Parity::Parity(const std::vector<ParityMember>& members, const Clause& clause, Instant as_of) {
  Sweep sweep(members, clause, as_of);
  sweep.run();
  states_.reserve(members.size());
  for (std::size_t member = 0; member < members.size(); ++member) {
    const LinkHistory* history = members[member].history;
    if (!sweep.as_told(member, *history)) history = &histories_.emplace_back(sweep.history(member, *history));
    states_.push_back(sweep.state(member, *history));
  }
}

}  // namespace linkaudit::law
