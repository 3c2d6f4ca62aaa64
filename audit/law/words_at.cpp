#include "audit/law/words_at.h"

#include <algorithm>

namespace linkaudit::law {

WordsAt::WordsAt(const std::vector<Source>& sources, Instant from) : sources_(&sources) {
  const auto later = [](Instant now, const Run& run) { return now < run.first; };
  for (const Source& source : sources) {
    const auto unspoken = std::upper_bound(source.begin(), source.end(), from, later);
    spoken_.push_back(static_cast<std::size_t>(unspoken - source.begin()));
  }
}

std::vector<WordAt>& WordsAt::words(Instant now) {
  words_.clear();
  for (std::size_t index = 0; index < sources_->size(); ++index) {
    const Source& source = (*sources_)[index];
    std::size_t& spoken = spoken_[index];
    while (spoken < source.size() && source[spoken].first <= now) ++spoken;
    if (spoken > 0) add_word_of(source, spoken, now);
  }
  return words_;
}

void WordsAt::add_word_of(const Source& source, std::size_t spoken, Instant now) {
  const Run& newest = source[spoken - 1];
  if (add_all(source, spoken, seen_before(newest, now), now) || newest.hard == 0) return;
  add_all(source, newest.hard, seen_before(source[newest.hard - 1], now), now);
}

// Returns whether any of them is hard.
bool WordsAt::add_all(const Source& source, std::size_t runs, Instant said_at, Instant now) {
  bool hard = false;
  for (; runs > 0 && seen_before(source[runs - 1], now) == said_at; --runs) {
    words_.push_back({&source[runs - 1], said_at});
    hard = hard || !source[runs - 1].soft;
  }
  return hard;
}

}  // namespace linkaudit::law
