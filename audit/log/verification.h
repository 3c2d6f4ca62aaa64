// Log::verify() with all that it found, not only whether it fits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "audit/log/log.h"

namespace linkaudit::log {

// Evidence, screenshots and catalogs by their digests. What is absent is no misfit: it may never have been brought (an
// import brings entries alone), be replaced by a newer look's, or be pruned.
struct EvidenceCount {
  std::int64_t kept = 0;    // blobs that were stored to stay, and are there
  std::int64_t pruned = 0;  // that retention let go
  std::int64_t named = 0;   // blobs that entries name, each time counted
  std::int64_t absent = 0;  // of these, not there
};

struct Verification {
  std::optional<std::string> misfit;  // in one line that begins with the path: what does not fit first, then the tables
  EvidenceCount evidence;
};

Verification verify_all(const Log& log);

}  // namespace linkaudit::log
