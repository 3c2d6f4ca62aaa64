// Proof that a log is whole, in parts. Each gives the first thing that does not fit, in words without the file's name.
#pragma once

#include <optional>
#include <string>

#include "audit/log/entry_queue.h"
#include "audit/log/log_state.h"
#include "audit/log/verification.h"

namespace linkaudit::log {

// The database's own structure, and that its tables, triggers and views are those of this schema.
std::optional<std::string> verify_structure(Log::State& state, Connection& fresh);
// Each entry's number, leaf hash and columns, and each node of the tree. What the entries say goes into the queue; that
// one cannot be read is told there.
std::optional<std::string> verify_entries(Log::State& state, EntryQueue& queue);
// Which entry, or which node, is behind it when the hash of the two nodes below this place is not what is stored there.
std::string misfit_under(Log::State& state, NodePlace place, const Digest& hash);
// Facts and blobs against their digests, and that what was kept is there.
std::optional<std::string> verify_contents(Log::State& state);
// Everything that follows from the entries, as they come from the queue, made in `fresh` (the tables of an empty log)
// and compared. Counts on the way what evidence they name.
std::optional<std::string> verify_projections(Log::State& state, Connection& fresh, EntryQueue& queue,
                                              EvidenceCount& evidence);

}  // namespace linkaudit::log
