#include "audit/law/beginning.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

// The run of the same source before this one, if it says the same.
const Run* run_before(const Cell& cell, const Run& run) {
  const Source& source = cell.at(run.span->tier)[static_cast<std::size_t>(run.source)];
  return said_before(source, static_cast<std::size_t>(&run - source.data()), run);
}

Beginning start_of(const Cell& cell, const Run& run) {
  const Run* first = &run;
  while (const Run* before = run_before(cell, *first)) first = before;
  return {first->span->first, first->span->first_entry};
}

// When the word that stands at `now` was first spoken at or after `bound`.
Beginning spoken(const Cell& cell, const Run& run, std::optional<Instant> bound, Instant now) {
  if (!bound) return start_of(cell, run);
  const Run* first = &run;
  while (const Run* before = run_before(cell, *first)) {
    // A failure that is believed from `bound` on, because it was repeated then, was seen once before.
    const bool believed_now = before->soft && first->first == *bound;
    if (before->last < *bound && !believed_now) break;
    first = before;
  }
  if (*bound <= first->first || first->soft) return {first->first, first->span->first_entry};
  const std::optional<Instant> again = seen_after(*first, *bound);
  return {again && *again <= now ? *again : *bound, first->span->first_entry};
}

}  // namespace

Beginning first_seen(const LinkHistory& history, std::size_t begin, std::optional<Instant> bound) {
  const Moment& moment = history.moments[begin];
  Beginning first = spoken(*history.cell, *moment.holder, bound, moment.at);
  WordsAt words_at(history.cell->at(moment.tier), moment.at);
  std::vector<WordAt>& words = words_at.words(moment.at);
  const Instant unbroken = tier_state(words, moment.at, history.window).unbroken;
  for (const WordAt& word : words) {
    if (word.run->span->outcome != moment.holder->span->outcome || word.at < unbroken) continue;
    const Beginning seen = spoken(*history.cell, *word.run, bound, moment.at);
    if (seen.since < first.since) first = seen;
  }
  return first;
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
      history, last, [&](std::size_t index) { return !moments[index].disputed && same(index); },
      [&](std::size_t index) { return !moments[index].disputed && !same(index); });
}

bool tells_outcome_since(const LinkHistory& history) {
  if (history.cell->whole()) return true;
  const Moment& now = history.now();
  return std::any_of(history.moments.begin(), history.moments.end(), [&](const Moment& moment) {
    const bool other = moment.holder->span->outcome != now.holder->span->outcome;
    return !moment.disputed && (now.disputed || other);
  });
}

Beginning outcome_since(const LinkHistory& history, probes::Tier tier) {
  const Run& holder = *history.at(tier).holder;
  Beginning begin{holder.span->first, holder.span->first_entry};
  for (const WordAt& word : history.fresh) {
    const Span& said = *word.run->span;
    if (said.tier != tier || said.outcome != holder.span->outcome) continue;
    const Beginning start = start_of(*history.cell, *word.run);
    if (start.since < begin.since) begin = start;
  }
  return begin;
}

}  // namespace linkaudit::law
