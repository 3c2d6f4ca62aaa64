#include "audit/law/telling.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

// Stands against a newer word at `now`.
bool stands(const WordAt& word, Instant now, Duration window) {
  return word.fresh(now) && now - word.at <= window;
}

}  // namespace

void Telling::hear(const WordAt* begin, const WordAt* end) {
  const Instant now = begin->at;
  drop_old_sides(now);
  const WordAt& word = *(end - 1);
  const bool of_one_mind =
      std::all_of(begin, end, [&](const WordAt& each) { return each.outcome() == word.outcome(); });
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

void Telling::drop_old_sides(Instant now) {
  if (sides_.empty()) return;
  const Instant newest = sides_.back().word->at;
  std::erase_if(sides_, [&](const Side& side) { return side.word->at != newest && !stands(*side.word, now, window_); });
  const WordAt& last = *sides_.back().word;
  const auto agrees = [&](const Side& side) { return side.word->outcome() == last.outcome(); };
  if (!std::all_of(sides_.begin(), sides_.end(), agrees)) return;
  held_ = Side{&last, *settles(last)};
  sides_.clear();
}

// The newer of two words holds unless the older still stands and says something else.
std::optional<Instant> Telling::holds_after(const WordAt& word, Instant now) const {
  if (!held_) return now;
  if (held_->word->outcome() == word.outcome()) return held_->unbroken;
  return stands(*held_->word, now, window_) ? std::nullopt : std::optional(now);
}

// The side that the word agrees with, if any, has held all along.
std::optional<Instant> Telling::settles(const WordAt& word) const {
  std::optional<Instant> unbroken;
  for (const Side& side : sides_) {
    if (side.word->outcome() == word.outcome()) unbroken = std::min(unbroken.value_or(side.unbroken), side.unbroken);
  }
  return unbroken;
}

}  // namespace linkaudit::law
