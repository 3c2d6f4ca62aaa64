// A run: a span with what the law adds to it, and when its observations were made.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "audit/law/judge.h"

namespace linkaudit::law {

using Duration = std::chrono::milliseconds;

struct Run {
  const Span* span = nullptr;
  Instant first{}, last{};  // both seen; `last` is at or before as-of
  Duration step{};          // between two observations; zero when there is only one
  Duration fresh_for{};     // time to live of its words
  int source = 0;           // place of the source within the cell and tier
  int rank = 0;             // of the source, by its name
  bool soft = false;        // rests on one network failure that nothing has repeated yet
  std::size_t hard = 0;     // runs of the source up to and including its last hard one, this one counted
};

// The word of one source at an instant: its newest observation then.
struct WordAt {
  const Run* run = nullptr;
  Instant at{};

  bool fresh(Instant now) const { return now - at <= run->fresh_for; }
  probes::Outcome outcome() const { return run->span->outcome; }
};

// A span tells its first observation, its last and how many there were. Those between are taken as evenly spaced, which
// is exact for one or two, and near for what a schedule made. At as-of itself nothing is estimated: the latest
// observation of a span is its last.

Run run_of(const Span& span, Instant as_of, const JudgementSettings& settings);

// The run from its second observation on; nothing when there is none.
std::optional<Run> repeated(const Run& run);

// The latest observation at or before `now`; REQUIRES now >= run.first.
Instant seen_before(const Run& run, Instant now);
// The earliest observation at or after `now`.
std::optional<Instant> seen_after(const Run& run, Instant now);

}  // namespace linkaudit::law
