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
  const Instant latest = seen_before(newest, now);
  std::size_t index = spoken;
  bool hard = false;
  do {
    --index;
    words_.push_back({&source[index], latest});
    hard = hard || !source[index].soft;
  } while (index > 0 && seen_before(source[index - 1], now) == latest);
  if (hard || newest.hard == 0) return;
  const Run& last_hard = source[newest.hard - 1];
  words_.push_back({&last_hard, seen_before(last_hard, now)});
}

}  // namespace linkaudit::law
