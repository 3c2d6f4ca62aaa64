// judge(): facts in, findings out. Pure; the same bytes twice; reads no clock. Safe from any thread. README.md says how
// it judges.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/law/policy.h"
#include "probes/outcome.h"

namespace linkaudit::law {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

// A run of equal raw state of one cell as one source saw it, within the log's horizon (as-of and known-at applied:
// `last` and `count` speak of what lies at or before the as-of instant). There may be very many: whoever makes them
// keeps the texts, each once, for as long as they are used.
struct Span {
  std::string_view link;     // "taobao/item"
  std::string_view context;  // "wechat/group"
  std::string_view source;   // observer|method|vantage: what makes two words different
  probes::Tier tier = probes::Tier::target;
  std::optional<int> valid_days;  // overrides the time to live
  bool attestation = false;

  probes::Outcome outcome = probes::Outcome::unclassified;
  probes::Blame blame = probes::Blame::unknown;
  std::optional<bool> context_specific;
  std::optional<int> steps;
  std::optional<probes::Presentation> presentation;
  bool network_failure = false;  // rests on one: soft until the source's next look agrees in outcome

  Instant first{}, last{};
  std::int64_t count = 1;
  std::int64_t first_entry = 0, last_entry = 0;
  bool earlier = false;  // earlier ones of its source were left out; only newest_matrix() takes such

  bool operator==(const Span&) const = default;
};

enum class Status { not_due, met, breached, undetermined, exempt };
enum class Confidence { confirmed, suspected };

struct Contradiction {
  probes::Tier tier = probes::Tier::target;
  probes::Outcome outcome = probes::Outcome::unclassified;
  Instant since{};
  std::int64_t entry = 0;

  bool operator==(const Contradiction&) const = default;
};

// One side of a dispute, or simply a word that was fresh.
struct Word {
  std::string link, source;
  probes::Tier tier = probes::Tier::target;
  probes::Outcome outcome = probes::Outcome::unclassified;
  Instant at{};
  std::int64_t entry = 0;

  bool operator==(const Word&) const = default;
};

struct Finding {
  std::string obligation, platform, context;  // the last two "" where nothing in the policy can be checked
  Status status = Status::undetermined;
  std::optional<Status> would_be;          // of exempt, and of undetermined evidence that does not count
  std::optional<Confidence> confidence;    // of met and breached, exempt or not
  std::optional<probes::Outcome> outcome;  // of the link that is shown; nothing when none was ever measured
  std::optional<int> steps;
  std::optional<probes::Presentation> presentation;
  std::optional<probes::Tier> tier;
  std::optional<Instant> since, last;  // the state first seen; the newest observation of the links that decide
  std::optional<int> days_overdue;     // of breached alone; 0 on its first day
  std::optional<int> unmeasured_days;  // of those days
  std::optional<probes::Blame> blame;
  std::optional<Date> cured_on;                                          // in the obligation's zone
  bool relapsed = false, disputed = false, stale = false, soft = false;  // stale: was known, and nothing is fresh
  std::optional<Contradiction> contradicted_by;
  int links = 0, measured_links = 0;  // in scope; those with a fresh word
  std::vector<std::string> breached_links;
  std::vector<std::string> compared_with;  // platforms, of parity
  std::string waiver;                      // id, "" when none
  std::vector<Word> words;                 // what each fresh source said, both sides of a dispute
  std::vector<std::int64_t> entries;       // it rests on these, ascending

  bool operator==(const Finding&) const = default;
};

std::string_view name(Status status);
std::string_view name(Confidence confidence);
std::string_view name(Standing standing);
std::string_view name(ParityOver over);
std::optional<Standing> standing_from(std::string_view name);
std::optional<ParityOver> parity_from(std::string_view name);

// Words fill most of a finding where a platform has many links, and few need them.
enum class Detail { all, without_words };

// `spans` in any order, several tiers and sources for each cell. Findings are ordered as the policy lists obligations,
// platforms, contexts; every pair in an obligation's scope is there, measured or not; and an obligation in whose scope
// the policy has no pair once, undetermined, with neither platform nor context. Throws std::invalid_argument for
// a zone that does not exist (the catalog checks before).
std::vector<Finding> judge(const Policy& policy, std::span<const Span> spans, Instant as_of,
                           Detail detail = Detail::all);

// The matrix: what is known of platform x context, whatever the law says of it.
struct MatrixCell {
  std::string platform, context;
  std::optional<probes::Outcome> outcome;  // of the worst fresh link; the last known when stale or disputed
  std::optional<probes::Blame> blame;
  std::optional<probes::Tier> tier;
  std::optional<Confidence> confidence;  // confirmed from in_app evidence
  int links = 0;                         // in the catalog
  int measured = 0;                      // with a fresh word
  int direct = 0;                        // of those, direct
  std::optional<Instant> since, last;
  bool stale = false, disputed = false, soft = false;
  std::vector<std::int64_t> entries;

  bool operator==(const MatrixCell&) const = default;
};

// Ordered as the policy lists platforms, then contexts; every pair is there.
std::vector<MatrixCell> matrix(const Policy& policy, std::span<const Span> spans, Instant as_of);

// The same from the newest spans of each source, all earlier ones left out and marked so: what a matrix shows seldom
// needs more. Cells that do are `wanting`, places in `cells`, and not to be used; the others are as matrix() has them.
struct NewestMatrix {
  std::vector<MatrixCell> cells;
  std::vector<std::size_t> wanting;
};

NewestMatrix newest_matrix(const Policy& policy, std::span<const Span> spans, Instant as_of);

}  // namespace linkaudit::law
