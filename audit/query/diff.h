// Two judgements of one log, what differs, and why: whether what was seen changed, or what is asked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "audit/query/changes.h"
#include "audit/query/view.h"

namespace linkaudit::query {

// Only what facts meet: where nobody had ever looked, by either judgement, differences are counted alone.
struct Diff {
  std::vector<Change> changes;
  std::int64_t unseen = 0;
};

// Two instants, judged by one catalog. What time changed of the law (a clause begins, a waiver expires) is told from
// what was seen meanwhile by judging the later facts by the law as it stood at the earlier instant.
Diff diff_of_instants(const log::Log& log, const catalog::Catalog& catalog, Instant from, Instant to,
                      std::optional<std::int64_t> known_entry = std::nullopt);

// The same, of a later judgement that is at hand.
Diff diff_from(const log::Log& log, const catalog::Catalog& catalog, Instant from, const View& later);

// An observation as the rules of one catalog and of another would have it.
struct ReadTwice {
  std::int64_t entry = 0;
  probes::Observation from, to;
};

// The same facts under two catalogs, at one instant; both of real or both of simulated entries. A finding that only one
// of them has is new or gone. `rules`: what their rules read differently. The reasons of a change are those parts of
// the catalogs that by themselves make a difference to it.
Diff diff_of_catalogs(const log::Log& log, const catalog::Catalog& from, const catalog::Catalog& to,
                      const log::Horizon& horizon, const std::vector<ReadTwice>& rules);

// Takes those without facts out of all that differ.
Diff met_by_facts(std::vector<Change> changes);

}  // namespace linkaudit::query
