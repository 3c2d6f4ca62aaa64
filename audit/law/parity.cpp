#include "audit/law/parity.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "audit/law/comparison.h"

namespace linkaudit::law {
namespace {

// Another word holds for a member.
struct Event {
  Instant at{};
  std::size_t member = 0;
  const Moment* holds = nullptr;
};

class Sweep {
 public:
  Sweep(const std::vector<ParityMember>& members, const Alike& alike, const Clause& clause)
      : clause_(clause), alike_(alike), standings_(alike, clause), current_(members.size()), courses_(members.size()) {
    for (std::size_t member = 0; member < members.size(); ++member) {
      platform_of_.push_back(alike.place_of(members[member].platform));
      for (const Moment& moment : members[member].history->moments) events_.push_back({moment.at, member, &moment});
    }
    const auto earlier = [](const Event& left, const Event& right) { return left.at < right.at; };
    std::stable_sort(events_.begin(), events_.end(), earlier);
  }

  void run() {
    for (auto event = events_.begin(); event != events_.end() || standings_.next();) {
      const Instant next = standings_.next().value_or(Instant::max());
      const Instant now = event == events_.end() ? next : std::min(event->at, next);
      for (; event != events_.end() && event->at == now; ++event) {
        current_[event->member] = event->holds;
        turned_.push_back(event->member);
      }
      standings_.advance(now);
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
      state.satisfied[static_cast<std::size_t>(tier)] =
          standings_.compare(platform_of_[member], *there.holder->span).satisfied;
    }
    const Moment& now = history.now();
    state.blame = standings_.compare(platform_of_[member], *now.holder->span).blame;
    if (now.fresh && !now.disputed) state.compared = alike_.others(platform_of_[member], now.tier);
    return state;
  }

 private:
  struct Course {
    std::vector<Moment> moments;
    std::vector<Verdict> verdicts;  // by kind of moment
  };

  // All that is told anew at an instant, once everything of that instant is known.
  void tell(Instant now) {
    for (const std::size_t member : turned_) tell(member, now, true);
    turned_.clear();
    std::array<bool, probes::kTiers.size()> moved{};
    for (const probes::Tier tier : probes::kTiers) moved[static_cast<std::size_t>(tier)] = standings_.moved(tier);
    if (std::none_of(moved.begin(), moved.end(), [](bool each) { return each; })) return;
    for (std::size_t member = 0; member < current_.size(); ++member) {
      const Moment* current = current_[member];
      if (current != nullptr && moved[static_cast<std::size_t>(current->tier)]) tell(member, now, false);
    }
  }

  void tell(std::size_t member, Instant now, bool own) {
    const Moment& current = *current_[member];
    const Verdict of_word = standings_.compare(platform_of_[member], *current.holder->span).verdict;
    add(courses_[member], current, now, verdict_at(current, of_word), own);
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
  const Alike& alike_;
  Standings standings_;
  std::vector<std::uint32_t> platform_of_;  // by member
  std::vector<const Moment*> current_;      // by member; nothing before its first word
  std::vector<std::size_t> turned_;         // members of whom another word holds
  std::vector<Event> events_;
  std::vector<Course> courses_;
};

}  // namespace

Parity::Parity(const std::vector<ParityMember>& members, const Alike& alike, const Clause& clause) {
  Sweep sweep(members, alike, clause);
  sweep.run();
  states_.reserve(members.size());
  for (std::size_t member = 0; member < members.size(); ++member) {
    const LinkHistory* history = members[member].history;
    if (!sweep.as_told(member, *history)) history = &histories_.emplace_back(sweep.history(member, *history));
    states_.push_back(sweep.state(member, *history));
  }
}

}  // namespace linkaudit::law
