#include "audit/law/timeline.h"

#include <algorithm>
#include <optional>

#include "audit/law/words_at.h"

namespace linkaudit::law {
namespace {

constexpr Duration kTick{1};

// The instants at which a state can change by this run, up to the source's next hard one.
void add_turns(const Run& run, Instant until, Duration window, std::vector<Instant>& turns) {
  const auto add = [&](Instant turn) {
    if (turn < until) turns.push_back(turn);
  };
  add(run.first);
  add(run.last);
  for (const Duration limit : {run.fresh_for, window}) {
    add(run.last + limit + kTick);
    if (run.step > limit) add(run.first + limit + kTick);  // fell silent in between
  }
}

void add_turns(const std::vector<Source>& sources, Instant as_of, Duration window, std::vector<Instant>& turns) {
  for (const Source& source : sources) {
    Instant until = as_of;
    for (auto run = source.rbegin(); run != source.rend(); ++run) {
      add_turns(*run, until, window, turns);
      if (!run->soft) until = run->first;
    }
  }
}

void put_in_order(std::vector<Instant>& turns) {
  std::sort(turns.begin(), turns.end());
  turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
}

class Teller {
 public:
  Teller(const Cell& cell, Duration window) : cell_(cell), window_(window) {
    for (const auto& sources : cell.tiers) tiers_.emplace_back(sources);
  }

  // The moment that begins at `now`, after `before` (nothing at first). Nothing where too much was left out.
  std::optional<Moment> tell(Instant now, const Moment* before) {
    for (const probes::Tier tier : probes::kTiers) {
      if (!cell_.known(tier, now)) return std::nullopt;
      const TierState state = state_of(tier, now);
      if (state.fresh) return Moment{now, state.holder, tier, true, state.disputed, state.soft};
    }
    // Every word is fresh when it is spoken, so something came before.
    if (before == nullptr) return std::nullopt;
    const TierState known = state_of(before->tier, now);
    return Moment{now, known.holder, before->tier, false, false, known.soft};
  }

 private:
  TierState state_of(probes::Tier tier, Instant now) {
    return tier_state(tiers_[static_cast<std::size_t>(tier)].words(now), now, window_);
  }

  const Cell& cell_;
  Duration window_;
  std::vector<WordsAt> tiers_;
};

bool same_state(const Moment& left, const Moment& right) {
  return left.holder == right.holder && left.tier == right.tier && left.fresh == right.fresh &&
         left.disputed == right.disputed && left.soft == right.soft;
}

void add_if_new(std::vector<Moment>& moments, const Moment& next) {
  if (moments.empty() || !same_state(moments.back(), next)) moments.push_back(next);
}

}  // namespace

std::vector<Moment> timeline(const Cell& cell, Instant as_of, Duration window) {
  std::vector<Instant> turns = {as_of};
  for (const auto& sources : cell.tiers) add_turns(sources, as_of, window, turns);
  put_in_order(turns);
  std::vector<Moment> moments;
  Teller teller(cell, window);
  for (const Instant turn : turns) {
    const auto next = teller.tell(turn, moments.empty() ? nullptr : &moments.back());
    if (next) {
      add_if_new(moments, *next);
    } else {
      moments.clear();
    }
  }
  return moments;
}

std::vector<Moment> timeline(const Cell& cell, probes::Tier tier, Instant as_of, Duration window) {
  std::vector<Instant> turns = {as_of};
  add_turns(cell.at(tier), as_of, window, turns);
  put_in_order(turns);
  std::vector<Moment> moments;
  WordsAt words_at(cell.at(tier));
  for (const Instant turn : turns) {
    const TierState state = tier_state(words_at.words(turn), turn, window);
    if (state.holder == nullptr) continue;  // nobody has spoken yet
    add_if_new(moments, {turn, state.holder, tier, state.fresh, state.disputed, state.soft});
  }
  return moments;
}

}  // namespace linkaudit::law
