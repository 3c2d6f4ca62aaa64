// What was said of entries later: notes, withdrawals, corrections.
#pragma once

#include "audit/log/read.h"

namespace linkaudit::log {

class Connection;

// In order of entry, up to the horizon's `known_entry`; real or simulated as it says. What was seen after `as_of` has
// none there: neither have notes on other entries that are about a later instant.
std::vector<LoggedAnnotation> annotations(const Log& log, const Horizon& horizon);

// Of an observation or attestation, with all that was said of it; nothing when the entry is none.
std::optional<LoggedObservation> observation_at(const Log& log, std::int64_t entry);

// What was seen of a cell and taken back, within the horizon, in order of (at, entry).
std::vector<LoggedObservation> withdrawn_of(const Log& log, const Horizon& horizon, const std::string& link,
                                            const std::string& context);

// The entry of an attestation that says just the same, recorded whenever.
std::optional<std::int64_t> known_attestation(const Log& log, const probes::Observation& seen);

// Why it cannot become entry `entry`, in one line. For the sources of audit/log alone.
std::optional<std::string> problem_of(Connection& connection, std::int64_t entry, const Annotation& annotation);

// Fills in what entries up to `known` (inclusive) say of it. For the sources of audit/log alone.
void add_what_was_said(Connection& connection, std::int64_t known, LoggedObservation& logged);

}  // namespace linkaudit::log
