// What the log knows, read back for judging and for showing. All of it works on a read-only log.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit/log/log.h"
#include "probes/outcome.h"

namespace linkaudit::log {

// Bounds of what is read: when it was seen (inclusive), and what the log knew (entries up to `known_entry`, inclusive).
struct Horizon {
  Instant as_of = Instant::max();
  std::optional<std::int64_t> known_entry;
  bool simulated = false;  // simulated and real entries never mix
};

// A run of equal raw state of one cell, tier and source, cut at the horizon.
struct SpanRow {
  std::string link, platform, context;
  probes::Tier tier = probes::Tier::target;
  std::string source;  // observer|method|vantage
  bool attestation = false;
  std::optional<int> valid_days;
  probes::Outcome outcome = probes::Outcome::unclassified;
  probes::Blame blame = probes::Blame::unknown;
  std::string rule;
  std::optional<bool> context_specific;
  std::optional<int> steps;
  std::optional<probes::Presentation> presentation;
  std::string failure;  // its name, "" when there is none
  bool network_failure = false;
  Instant first{}, last{};
  std::int64_t count = 1;
  std::int64_t first_entry = 0, last_entry = 0;
  bool earlier = false;  // earlier ones of the same source were left out

  bool operator==(const SpanRow&) const = default;
};

// Costs by the number of spans, not of observations; with `known_entry` inside the log they are computed from the
// observations instead. URLs that no catalog lists have no rows. Those of a source come together, in order of time;
// sources in no order. The row is valid during the call; `each` must not ask this log for anything.
void for_each_span(const Log& log, const Horizon& horizon, const std::function<void(const SpanRow&)>& each);

// The newest of each source alone, within the horizon's as-of: `known_entry` must not be inside the log.
void for_each_newest_span(const Log& log, const Horizon& horizon, const std::function<void(const SpanRow&)>& each);

// All at once, in order of link, context, tier, source, first.
std::vector<SpanRow> spans(const Log& log, const Horizon& horizon);
std::vector<SpanRow> spans_of(const Log& log, const Horizon& horizon, const std::string& link,
                              const std::string& context);

// The spans of each source from the newest backwards, some at a time, for those cells (link, context) that are wanted:
// to look at one instant without reading the whole history. Sees one state of the log while it lasts; nothing may be
// appended through this log meanwhile. With `known_entry` inside the log all are given at once.
class SpansBackwards {
 public:
  SpansBackwards(const Log& log, const Horizon& horizon);
  SpansBackwards(SpansBackwards&&) noexcept;
  ~SpansBackwards();

  // Up to `most` spans of each source that come before those given so far, newest first; `earlier` in the last of them
  // when there are more. Sources in no order. The row is valid during the call.
  void next(std::int64_t most, const std::function<bool(const SpanRow& cell)>& wanted,
            const std::function<void(const SpanRow&)>& each);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Filters of observations and attestations; empty asks nothing.
struct ObservationFilter {
  std::string platform, link, context, outcome, blame, method, tier;
  std::optional<Instant> since, until;  // of `at`, since inclusive, until inclusive
  std::optional<std::int64_t> limit;    // the newest so many
  std::vector<std::int64_t> entries;    // only these
};

struct LoggedAnnotation {
  std::int64_t entry = 0;
  Instant recorded_at{};
  Annotation annotation;
};

// Newest last; streamed: returns when `each` returns false. Ordered by at, then entry.
struct LoggedObservation {
  std::int64_t entry = 0;
  Instant recorded_at{};
  probes::Observation observation;
  std::optional<Fire> fire;
  std::vector<LoggedAnnotation> annotations;  // what was said of it within the horizon
  std::optional<std::int64_t> corrects;       // the entry in whose place it stands

  const LoggedAnnotation* withdrawn() const;  // the annotation that took it back, if one did
};
void for_each_observation(const Log& log, const Horizon& horizon, const ObservationFilter& filter,
                          const std::function<bool(const LoggedObservation&)>& each);

// The canonical JSON of the stable facts that records name by this digest, hex.
std::optional<std::string> fact(const Log& log, const std::string& sha256);

struct LoggedGap {
  std::int64_t entry = 0;
  Gap gap;
};
void for_each_gap(const Log& log, const Horizon& horizon, const std::function<bool(const LoggedGap&)>& each);

struct LoggedRun {
  std::int64_t entry = 0;
  RunRecord run;
};
std::vector<LoggedRun> runs(const Log& log, const Horizon& horizon);

struct LoggedCatalog {
  std::int64_t entry = 0;
  CatalogRecord record;  // without its text, which is the blob `record.sha256`
};
std::vector<LoggedCatalog> catalogs(const Log& log);

// Newest planned fire dealt with (observed, or a gap) of a schedule, for each cell (link, context); of real or
// simulated entries alone when `simulated` is given.
std::map<std::pair<std::string, std::string>, Instant> last_fires(const Log& log, const std::string& schedule,
                                                                  std::optional<bool> simulated = std::nullopt);

// Numbers of entries by type up to the horizon, for the accounting: "observation" -> 12.
std::map<std::string, std::int64_t> counts(const Log& log, const Horizon& horizon);

// A look that was reclassified is one look.
// Looks by when they were seen, or planned, in quarters of an hour from 1970 on, which no zone's day divides; for the
// accounting of periods. Ordered by quarter, type, reason.
struct LookCount {
  Instant begin{};
  std::string type;    // observation, attestation, withdrawn (what was either), gap
  std::string reason;  // of gaps
  std::int64_t count = 0;
};
inline constexpr std::chrono::minutes kQuarter{15};
std::vector<LookCount> look_counts(const Log& log, const Horizon& horizon, std::optional<Instant> since);

struct LoggedWaiver {
  std::int64_t entry = 0;
  WaiverRecord record;
};
// What became of waivers, in order of entry, up to the horizon's `known_entry`; `as_of` bounds nothing, since a waiver
// is no observation.
std::vector<LoggedWaiver> waivers(const Log& log, const Horizon& horizon);

struct LoggedRemark {
  std::int64_t entry = 0;
  Remark remark;
};
// In order of entry, up to the horizon's `known_entry`; `as_of` bounds nothing, since a remark is about a report.
std::vector<LoggedRemark> remarks(const Log& log, const Horizon& horizon);

struct LoggedReport {
  std::int64_t entry = 0;
  IssuedReport report;
};
// Likewise.
std::vector<LoggedReport> issued_reports(const Log& log, const Horizon& horizon);

// The newest entry recorded at or before that instant, 0 when there is none. Of a clock that was set back: up to the
// first entry recorded after it, or some later one.
std::int64_t newest_entry_at(const Log& log, Instant recorded_at);

// The newest entry within the horizon, 0 when there is none, reports left out: the size of the smallest tree that holds
// all that can be read there.
std::int64_t newest_entry(const Log& log, const Horizon& horizon);

}  // namespace linkaudit::log
