#include "audit/law/link_history.h"

#include "audit/law/kind.h"

namespace linkaudit::law {

LinkHistory link_history(std::string_view link, const Cell& cell, Instant as_of, Duration window) {
  LinkHistory history;
  history.link = link;
  history.cell = &cell;
  history.window = window;
  history.moments = timeline(cell, as_of, window);
  history.kinds = number_kinds(history.moments);
  for (const probes::Tier tier : probes::kTiers) {
    WordsAt words_at(cell.at(tier), as_of);
    std::vector<WordAt>& words = words_at.words(as_of);
    for (const WordAt& word : words) {
      if (word.fresh(as_of)) history.fresh.push_back(word);
    }
    history.tiers[static_cast<std::size_t>(tier)] = tier_state(words, as_of, window);
  }
  return history;
}

}  // namespace linkaudit::law
