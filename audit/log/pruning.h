// Letting go of evidence, and saying so in the log.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audit/log/log.h"

namespace linkaudit::log {

struct Pruning {
  std::vector<std::string> sha256;  // what is to go
  std::int64_t up_to = 0;           // of no entry behind this one
  std::string why;                  // for people
};

// Drops blobs as Log::drop_blobs does and, when there are any, appends in the same transaction who did it: a note of
// "prune" about the entry `up_to`. Without it nothing that an entry was recorded with may be missing. Returns how many
// were dropped.
std::size_t prune(Log& log, Instant now, const std::function<Pruning()>& choose);

// How many blobs went, as such a note says in the words of run::prune; nothing when it says it in others.
std::optional<std::int64_t> pruned_by(const Annotation& annotation);

// Whether this is such a note. A person must not sign one, so nobody else goes by that name.
bool is_pruning(const Annotation& annotation);

}  // namespace linkaudit::log
