// Appending: entries, their facts, tree nodes, projections and blobs in one transaction.
#pragma once

#include "audit/log/log_state.h"

namespace linkaudit::log {

// Log::append.
std::vector<std::int64_t> append_all(Log::State& state, std::span<const NewEntry> entries, Instant recorded_at,
                                     std::span<const Blob> blobs, std::span<const SlotBlobs> slots);

}  // namespace linkaudit::log
