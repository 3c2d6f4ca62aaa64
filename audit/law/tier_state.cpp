#include "audit/law/tier_state.h"

#include <algorithm>
#include <tuple>

namespace linkaudit::law {
namespace {

probes::Outcome outcome(const WordAt& word) {
  return word.run->span->outcome;
}

// Stands against a newer word at `now`.
bool stands(const WordAt& word, Instant now, Duration window) {
  return word.fresh(now) && now - word.at <= window;
}

bool all_agree(const std::vector<const WordAt*>& words) {
  return std::all_of(words.begin(), words.end(),
                     [&](const WordAt* word) { return outcome(*word) == outcome(*words.front()); });
}

// The dispute of a tier, told word by word. At most one of `held` and `sides` is not empty.
class Telling {
 public:
  explicit Telling(Duration window) : window_(window) {}

  // All words of one instant, the latest so far.
  void hear(const WordAt* begin, const WordAt* end) {
    const Instant now = begin->at;
    drop_old_sides(now);
    const WordAt& word = *(end - 1);
    const bool of_one_mind =
        std::all_of(begin, end, [&](const WordAt& each) { return outcome(each) == outcome(word); });
    const bool settled = sides_.empty() ? agrees_with_held(word, now) : agrees_with_a_side(word);
    if (of_one_mind && settled) {
      held_ = &word;
      sides_.clear();
      return;
    }
    if (held_ != nullptr && stands(*held_, now, window_)) sides_.push_back(held_);
    held_ = nullptr;
    for (const WordAt* each = begin; each != end; ++each) sides_.push_back(each);
  }

  void drop_old_sides(Instant now) {
    if (sides_.empty()) return;
    const Instant newest = sides_.back()->at;
    std::erase_if(sides_, [&](const WordAt* side) { return side->at != newest && !stands(*side, now, window_); });
    if (!all_agree(sides_)) return;
    held_ = sides_.back();
    sides_.clear();
  }

  const WordAt* held() const { return held_; }
  const std::vector<const WordAt*>& sides() const { return sides_; }

 private:
  // The newer of two words holds unless the older still stands and says something else.
  bool agrees_with_held(const WordAt& word, Instant now) const {
    return held_ == nullptr || outcome(*held_) == outcome(word) || !stands(*held_, now, window_);
  }

  bool agrees_with_a_side(const WordAt& word) const {
    return std::any_of(sides_.begin(), sides_.end(),
                       [&](const WordAt* side) { return outcome(*side) == outcome(word); });
  }

  Duration window_;
  const WordAt* held_ = nullptr;
  std::vector<const WordAt*> sides_;
};

// What was said and is still fresh: the newest word that agrees with the one that holds.
const WordAt* freshest_agreeing(const std::vector<WordAt>& words, const WordAt& held, Instant now) {
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    if (outcome(*word) == outcome(held) && word->fresh(now)) return &*word;
  }
  return nullptr;
}

TierState settle(const std::vector<WordAt>& words, Instant now, Duration window) {
  if (words.empty()) return {};
  if (words.size() == 1) return {words[0].run, words[0].fresh(now), false, false};
  Telling telling(window);
  for (std::size_t begin = 0; begin < words.size();) {
    std::size_t end = begin + 1;
    while (end < words.size() && words[end].at == words[begin].at) ++end;
    telling.hear(&words[begin], &words[begin] + (end - begin));
    begin = end;
  }
  telling.drop_old_sides(now);
  if (const WordAt* held = telling.held()) {
    const WordAt* fresh = freshest_agreeing(words, *held, now);
    return {fresh != nullptr ? fresh->run : held->run, fresh != nullptr, false, false};
  }
  const auto& sides = telling.sides();
  const bool fresh = std::any_of(sides.begin(), sides.end(), [&](const WordAt* side) { return side->fresh(now); });
  return {sides.back()->run, fresh, true, false};
}

bool earlier(const WordAt& left, const WordAt& right) {
  const auto key = [](const WordAt& word) {
    return std::tuple(word.at, word.run->source, word.run->span->outcome, word.run->first);
  };
  return key(left) < key(right);
}

bool is_hard(const WordAt& word, const std::vector<WordAt>& words, Instant now) {
  if (!word.run->soft) return true;
  return word.fresh(now) && std::any_of(words.begin(), words.end(), [&](const WordAt& other) {
           return other.run->source != word.run->source && outcome(other) == outcome(word) && other.fresh(now);
         });
}

}  // namespace

TierState tier_state(std::vector<WordAt>& words, Instant now, Duration window) {
  if (words.size() > 1) std::sort(words.begin(), words.end(), earlier);
  const auto soft = [](const WordAt& word) { return word.run->soft; };
  if (std::none_of(words.begin(), words.end(), soft)) return settle(words, now, window);

  std::vector<WordAt> hard;
  std::copy_if(words.begin(), words.end(), std::back_inserter(hard),
               [&](const WordAt& word) { return is_hard(word, words, now); });
  const TierState state = settle(hard, now, window);
  const WordAt& newest = words.back();
  if (state.fresh || (state.holder != nullptr && !newest.run->soft)) return state;
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    if (word->run->soft && word->fresh(now)) return {word->run, true, false, true};
  }
  if (state.holder != nullptr) return state;
  return {newest.run, false, false, true};
}

}  // namespace linkaudit::law
