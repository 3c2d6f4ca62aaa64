#include "audit/law/tier_state.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "audit/law/telling.h"

namespace linkaudit::law {
namespace {

// Among the words that agree with the one that holds and were never overruled, the newest fresh one is what holds now.
TierState held_by(const std::vector<WordAt>& words, const Side& held, Instant now) {
  for (auto word = words.rbegin(); word != words.rend() && word->at >= held.unbroken; ++word) {
    const bool agrees = word->outcome() == held.word->outcome();
    if (agrees && word->fresh(now)) return {word->run, held.unbroken, true, false, false};
  }
  return {held.word->run, held.unbroken, false, false, false};
}

TierState settle(const std::vector<WordAt>& words, Instant now, Duration window) {
  if (words.empty()) return {};
  if (words.size() == 1) return {words[0].run, words[0].at, words[0].fresh(now), false, false};
  Telling telling(window);
  for (std::size_t begin = 0; begin < words.size();) {
    std::size_t end = begin + 1;
    while (end < words.size() && words[end].at == words[begin].at) ++end;
    telling.hear(&words[begin], &words[begin] + (end - begin));
    begin = end;
  }
  telling.drop_old_sides(now);
  if (const auto& held = telling.held()) return held_by(words, *held, now);
  const auto& sides = telling.sides();
  const bool fresh = std::any_of(sides.begin(), sides.end(), [&](const Side& side) { return side.word->fresh(now); });
  const WordAt& newest = *sides.back().word;
  return {newest.run, newest.at, fresh, true, false};
}

bool earlier(const WordAt& left, const WordAt& right) {
  const auto key = [](const WordAt& word) {
    return std::tuple(word.at, word.run->rank, word.run->span->outcome, word.run->first);
  };
  return key(left) < key(right);
}

bool is_hard(const WordAt& word, const std::vector<WordAt>& words, Instant now) {
  if (!word.run->soft) return true;
  return word.fresh(now) && std::any_of(words.begin(), words.end(), [&](const WordAt& other) {
           return other.run->source != word.run->source && other.outcome() == word.outcome() && other.fresh(now);
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
    if (word->run->soft && word->fresh(now)) return {word->run, word->at, true, false, true};
  }
  if (state.holder != nullptr) return state;
  return {newest.run, newest.at, false, false, true};
}

}  // namespace linkaudit::law
