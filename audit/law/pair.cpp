#include "audit/law/pair.h"

#include <algorithm>
#include <utility>

#include "audit/law/contradiction.h"

namespace linkaudit::law {

void Pair::add(const LinkState& link) {
  ++known_;
  if (link.history->is_fresh()) {
    ++fresh_;
    worst_fresh_.offer(link);
  }
  const std::optional<Contradiction> contradicted = contradiction(link);
  if (contradicted && (!contradicted_ || goes_before(*contradicted, *contradicted_))) contradicted_ = contradicted;
  decision_.add(link, contradicted);
  if (detail_ == Detail::all) add_words(*link.history);
}

// Once what a source said twice in one instant.
void Pair::add_words(const LinkHistory& history) {
  const auto before = static_cast<std::ptrdiff_t>(words_.size());
  for (const WordAt& word : history.fresh) {
    const Span& span = *word.run->span;
    const std::int64_t entry = word.at == span.last ? span.last_entry : span.first_entry;
    const bool told = std::any_of(words_.begin() + before, words_.end(), [&](const Word& other) {
      return other.at == word.at && other.outcome == span.outcome && other.tier == span.tier &&
             other.source == span.source;
    });
    if (!told)
      words_.push_back({std::string(span.link), std::string(span.source), span.tier, span.outcome, word.at, entry});
  }
}

Finding Pair::take_finding() {
  Finding finding;
  if (known_ == 0) return finding;
  finding.measured_links = fresh_;
  decision_.write_to(finding, worst_fresh_);
  // One of a link that does not decide is somebody's work as well.
  if (!finding.contradicted_by) finding.contradicted_by = contradicted_;
  finding.words = std::move(words_);
  return finding;
}

}  // namespace linkaudit::law
