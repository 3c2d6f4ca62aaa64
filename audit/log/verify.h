// Proof that a log is whole, in parts. Each gives the first thing that does not fit, in words without the file's name.
#pragma once

#include <optional>
#include <string>

#include "audit/log/log_state.h"

namespace linkaudit::log {

// The database's own structure, and that its tables, triggers and views are those of this schema.
std::optional<std::string> verify_structure(Log::State& state, Connection& fresh);
// Each entry's number, leaf hash, columns and facts, and each node of the tree.
std::optional<std::string> verify_entries(Log::State& state);
// Facts and blobs against their digests.
std::optional<std::string> verify_contents(Log::State& state);
// Everything that follows from the entries, made again in `fresh` (the tables of an empty log) and compared.
std::optional<std::string> verify_projections(Log::State& state, Connection& fresh);

}  // namespace linkaudit::log
