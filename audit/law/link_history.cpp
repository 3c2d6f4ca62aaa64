#include "audit/law/link_history.h"

#include "audit/law/beginning.h"

namespace linkaudit::law {
namespace {

// Where the source began to say what this run of its says.
const Run& start_of(const Cell& cell, const Run& run) {
  const Source& source = cell.at(run.span->tier)[static_cast<std::size_t>(run.source)];
  auto index = static_cast<std::size_t>(&run - source.data());
  while (index > 0 && source[index - 1].span->outcome == run.span->outcome) --index;
  return source[index];
}

}  // namespace

LinkHistory link_history(std::string_view link, const Cell& cell, Instant as_of, Duration window) {
  LinkHistory history;
  history.link = link;
  history.cell = &cell;
  history.moments = timeline(cell, as_of, window);
  for (const probes::Tier tier : probes::kTiers) {
    WordsAt words_at(cell.at(tier));
    std::vector<WordAt>& words = words_at.words(as_of);
    for (const WordAt& word : words) {
      if (word.fresh(as_of)) history.fresh.push_back(word);
    }
    history.tiers[static_cast<std::size_t>(tier)] = tier_state(words, as_of, window);
  }
  return history;
}

Beginning first_seen(const Moment& begin, std::optional<Instant> bound) {
  const Run& run = *begin.eldest;
  // A repeated failure was seen once before it was believed.
  if (!bound || *bound <= run.first) return {run.begun->first, run.begun->first_entry};
  return {*bound, run.span->first_entry};
}

Beginning outcome_since(const LinkHistory& history) {
  const std::vector<Moment>& moments = history.moments;
  std::size_t last = moments.size() - 1;
  if (moments[last].disputed) {
    while (last > 0 && moments[last - 1].disputed) --last;
    return {moments[last].at, moments[last].holder->span->last_entry};
  }
  const auto same = [&](std::size_t index) {
    return moments[index].holder->span->outcome == moments.back().holder->span->outcome;
  };
  return beginning(
      moments, last, [&](std::size_t index) { return !moments[index].disputed && same(index); },
      [&](std::size_t index) { return !moments[index].disputed && !same(index); });
}

Beginning outcome_since(const LinkHistory& history, probes::Tier tier) {
  const Run& holder = *history.at(tier).holder;
  Beginning begin{holder.span->first, holder.span->first_entry};
  for (const WordAt& word : history.fresh) {
    const Span& said = *word.run->span;
    if (said.tier != tier || said.outcome != holder.span->outcome) continue;
    const Span& start = *start_of(*history.cell, *word.run).span;
    if (start.first < begin.since) begin = {start.first, start.first_entry};
  }
  return begin;
}

}  // namespace linkaudit::law
