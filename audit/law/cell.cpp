#include "audit/law/cell.h"

#include <algorithm>
#include <tuple>

namespace linkaudit::law {
namespace {

// All that tells two spans of one cell apart, so that the order they came in leaves no trace: time before the rest, and
// entries last, for which of two words of one instant came first says nothing.
bool in_order(const Span* left, const Span* right) {
  const auto key = [](const Span& span) {
    return std::tie(span.tier, span.source, span.first, span.last, span.outcome, span.blame, span.count, span.steps,
                    span.presentation, span.context_specific, span.network_failure, span.attestation, span.valid_days,
                    span.first_entry, span.last_entry);
  };
  return key(*left) < key(*right);
}

bool same_source(const Span& left, const Span& right) {
  return left.tier == right.tier && left.source == right.source;
}

void append(Source& source, Run run) {
  run.hard = run.soft ? (source.empty() ? 0 : source.back().hard) : source.size() + 1;
  source.push_back(run);
}

// Only these outcomes can rest on a failure; with others it is a note on the control, not what decided. A person's
// word rests on no connection.
bool rests_on_failure(const Span& span) {
  const bool can = span.outcome == probes::Outcome::blocked || span.outcome == probes::Outcome::unreachable;
  return span.network_failure && can && !span.attestation;
}

// A network failure is soft until the next look of the same source agrees with it; then the run goes on hard.
void add(Source& source, Run run) {
  const bool agrees = said_before(source, source.size(), run) != nullptr;
  if (agrees || !rests_on_failure(*run.span)) return append(source, run);
  const std::optional<Run> rest = repeated(run);
  run.soft = true;
  run.last = run.first;
  run.step = Duration::zero();
  append(source, run);
  if (rest) append(source, *rest);
}

// In the order in which they first spoke, so that words come near to the order of time by themselves. They come by
// name.
void number(std::vector<Source>& sources) {
  int rank = 0;
  for (Source& source : sources) {
    for (Run& run : source) run.rank = rank;
    ++rank;
  }
  std::stable_sort(sources.begin(), sources.end(),
                   [](const Source& left, const Source& right) { return left.front().first < right.front().first; });
  int next = 0;
  for (Source& source : sources) {
    for (Run& run : source) run.source = next;
    ++next;
  }
}

// From when on the source's words are known although earlier ones were left out: from a run on that is hard whatever
// came before the first, and that surely is later than it.
Instant known_from(const Source& source) {
  if (!source.front().span->earlier) return Instant::min();
  for (std::size_t index = 1; index < source.size(); ++index) {
    const Run& before = source[index - 1];
    const bool after_a_doubtful_one = index == 1 && before.soft;
    if (!source[index].soft && !after_a_doubtful_one && before.last < source[index].first) return source[index].first;
  }
  return Instant::max();
}

}  // namespace

const Run* said_before(const Source& source, std::size_t runs, const Run& run) {
  bool in_the_same_instant = true;
  for (Instant instant = run.first; runs > 0; --runs) {
    const Run& before = source[runs - 1];
    if (before.last != instant && !in_the_same_instant) break;
    if (before.last != instant) {
      instant = before.last;
      in_the_same_instant = false;
    }
    if (before.span->outcome == run.span->outcome) return &before;
  }
  return nullptr;
}

bool Cell::whole() const {
  return std::all_of(known_from.begin(), known_from.end(), [](Instant from) { return from == Instant::min(); });
}

Cell cell_of(std::span<const Span*> spans, Instant as_of, const JudgementSettings& settings) {
  if (!std::is_sorted(spans.begin(), spans.end(), in_order)) std::sort(spans.begin(), spans.end(), in_order);
  Cell cell;
  cell.link = spans.front()->link;
  cell.context = spans.front()->context;
  const Span* before = nullptr;
  for (const Span* span : spans) {
    std::vector<Source>& sources = cell.tiers[static_cast<std::size_t>(span->tier)];
    if (before == nullptr || !same_source(*before, *span)) sources.emplace_back();
    add(sources.back(), run_of(*span, as_of, settings));
    before = span;
  }
  for (std::size_t tier = 0; tier < cell.tiers.size(); ++tier) {
    number(cell.tiers[tier]);
    for (const Source& source : cell.tiers[tier]) {
      cell.known_from[tier] = std::max(cell.known_from[tier], known_from(source));
    }
  }
  return cell;
}

}  // namespace linkaudit::law
