#include "audit/law/cell.h"

#include <algorithm>
#include <tuple>

namespace linkaudit::law {
namespace {

using Spans = std::vector<const Span*>;

// All that tells two spans of one cell apart, time before the rest, so that the order they came in leaves no trace.
bool in_order(const Span* left, const Span* right) {
  const auto key = [](const Span& span) {
    return std::tie(span.tier, span.source, span.first, span.first_entry, span.last, span.last_entry, span.outcome,
                    span.blame, span.count, span.steps, span.presentation, span.context_specific, span.network_failure,
                    span.attestation, span.valid_days);
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

// A network failure is soft until the next look of the same source agrees with it: then the run goes on hard.
void add(Source& source, Run run) {
  const bool agrees = !source.empty() && source.back().span->outcome == run.span->outcome;
  if (!run.span->network_failure || agrees) return append(source, run);
  const std::optional<Run> rest = repeated(run);
  run.soft = true;
  run.last = run.first;
  run.step = Duration::zero();
  append(source, run);
  if (rest) append(source, *rest);
}

Cell cell_of(Spans& spans, Instant as_of, const JudgementSettings& settings) {
  std::sort(spans.begin(), spans.end(), in_order);
  Cell cell;
  const Span* before = nullptr;
  for (const Span* span : spans) {
    std::vector<Source>& sources = cell.tiers[static_cast<std::size_t>(span->tier)];
    if (before == nullptr || !same_source(*before, *span)) sources.emplace_back();
    Run run = run_of(*span, as_of, settings);
    run.source = static_cast<int>(sources.size()) - 1;
    add(sources.back(), run);
    before = span;
  }
  return cell;
}

}  // namespace

Cells::Cells(std::span<const Span> spans, Instant as_of, const JudgementSettings& settings) {
  std::unordered_map<Key, Spans, Hash> grouped;
  for (const Span& span : spans) {
    if (span.first <= as_of) grouped[{span.link, span.context}].push_back(&span);
  }
  for (auto& [key, of_cell] : grouped) cells_.emplace(key, cell_of(of_cell, as_of, settings));
}

const Cell* Cells::find(std::string_view link, std::string_view context) const {
  const auto found = cells_.find({link, context});
  return found == cells_.end() ? nullptr : &found->second;
}

}  // namespace linkaudit::law
