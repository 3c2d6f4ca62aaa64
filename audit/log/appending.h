// Appending: entries, their facts, tree nodes, projections and blobs in one transaction.
#pragma once

#include "audit/log/log_state.h"

namespace linkaudit::log {

// Log::append.
std::vector<std::int64_t> append_all(Log::State& state, std::span<const NewEntry> entries, Instant recorded_at,
                                     std::span<const Blob> blobs, std::span<const SlotBlobs> slots);

// The entries alone, within a transaction of the caller's.
std::vector<std::int64_t> append_within(Log::State& state, std::span<const NewEntry> entries, Instant recorded_at);

}  // namespace linkaudit::log
