// Retention: evidence of probes that is older than the catalog keeps it. Entries, screenshots and catalogs never go.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/log/log.h"

namespace linkaudit::run {

struct Prunable {
  std::vector<std::string> sha256;  // of the blobs
  std::int64_t observations = 0;    // whose manifest is among them
  std::int64_t stored_bytes = 0;    // that they take up in the file
};

// What was recorded before `before`, by the entries that name it and by itself, and is not part of anything recorded
// since, nor named as a screenshot or a catalog by any entry.
Prunable prunable(const log::Log& log, log::Instant before);

// Drops it, and says so in an entry. Returns what was dropped.
Prunable prune(log::Log& log, log::Instant before, log::Instant now);

}  // namespace linkaudit::run
