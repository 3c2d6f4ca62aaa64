#include "audit/law/tier_state.h"

#include <algorithm>
#include <optional>
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

// A word in the telling, and the time from which on words that agree with it speak for it: words before that were
// overruled.
struct Side {
  const WordAt* word = nullptr;
  Instant unbroken{};
};

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
    const std::optional<Instant> unbroken = sides_.empty() ? holds_after(word, now) : settles(word);
    if (of_one_mind && unbroken) {
      held_ = Side{&word, *unbroken};
      sides_.clear();
      return;
    }
    if (held_ && stands(*held_->word, now, window_)) sides_.push_back(*held_);
    held_.reset();
    for (const WordAt* each = begin; each != end; ++each) sides_.push_back({each, now});
  }

  void drop_old_sides(Instant now) {
    if (sides_.empty()) return;
    const Instant newest = sides_.back().word->at;
    std::erase_if(sides_,
                  [&](const Side& side) { return side.word->at != newest && !stands(*side.word, now, window_); });
    const WordAt& last = *sides_.back().word;
    const auto agrees = [&](const Side& side) { return outcome(*side.word) == outcome(last); };
    if (!std::all_of(sides_.begin(), sides_.end(), agrees)) return;
    held_ = Side{&last, *settles(last)};
    sides_.clear();
  }

  const std::optional<Side>& held() const { return held_; }
  const std::vector<Side>& sides() const { return sides_; }

 private:
  // The newer of two words holds unless the older still stands and says something else.
  std::optional<Instant> holds_after(const WordAt& word, Instant now) const {
    if (!held_) return now;
    if (outcome(*held_->word) == outcome(word)) return held_->unbroken;
    return stands(*held_->word, now, window_) ? std::nullopt : std::optional(now);
  }

  // The side that the word agrees with, if any, has held all along.
  std::optional<Instant> settles(const WordAt& word) const {
    std::optional<Instant> unbroken;
    for (const Side& side : sides_) {
      if (outcome(*side.word) == outcome(word)) unbroken = std::min(unbroken.value_or(side.unbroken), side.unbroken);
    }
    return unbroken;
  }

  Duration window_;
  std::optional<Side> held_;
  std::vector<Side> sides_;
};

// What was said and is still fresh: the newest word that agrees with the one that holds and was never overruled.
const WordAt* freshest_agreeing(const std::vector<WordAt>& words, const Side& held, Instant now) {
  for (auto word = words.rbegin(); word != words.rend() && word->at >= held.unbroken; ++word) {
    if (outcome(*word) == outcome(*held.word) && word->fresh(now)) return &*word;
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
  if (const auto& held = telling.held()) {
    const WordAt* fresh = freshest_agreeing(words, *held, now);
    return {fresh != nullptr ? fresh->run : held->word->run, fresh != nullptr, false, false};
  }
  const auto& sides = telling.sides();
  const bool fresh = std::any_of(sides.begin(), sides.end(), [&](const Side& side) { return side.word->fresh(now); });
  return {sides.back().word->run, fresh, true, false};
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

// Soft words that others bear out count, and then replace what their source said before.
std::vector<WordAt> hard_words(const std::vector<WordAt>& words, Instant now) {
  std::vector<WordAt> hard;
  std::copy_if(words.begin(), words.end(), std::back_inserter(hard),
               [&](const WordAt& word) { return is_hard(word, words, now); });
  const auto replaced = [&](const WordAt& word) {
    return std::any_of(hard.begin(), hard.end(), [&](const WordAt& other) {
      return other.run->source == word.run->source && other.at > word.at;
    });
  };
  std::vector<WordAt> latest;
  std::remove_copy_if(hard.begin(), hard.end(), std::back_inserter(latest), replaced);
  return latest;
}

}  // namespace

TierState tier_state(std::vector<WordAt>& words, Instant now, Duration window) {
  if (!std::is_sorted(words.begin(), words.end(), earlier)) std::sort(words.begin(), words.end(), earlier);
  const auto soft = [](const WordAt& word) { return word.run->soft; };
  if (std::none_of(words.begin(), words.end(), soft)) return settle(words, now, window);

  const TierState state = settle(hard_words(words, now), now, window);
  const WordAt& newest = words.back();
  if (state.fresh || (state.holder != nullptr && !newest.run->soft)) return state;
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    if (word->run->soft && word->fresh(now)) return {word->run, true, false, true};
  }
  if (state.holder != nullptr) return state;
  return {newest.run, false, false, true};
}

}  // namespace linkaudit::law
