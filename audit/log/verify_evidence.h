// What entries name by digest against the list of what was stored to stay.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "audit/log/entry_queue.h"
#include "audit/log/log_state.h"
#include "audit/log/verification.h"

namespace linkaudit::log {

// Takes all entries in order. Remembers of what is on the list alone, so of little.
class EvidenceCheck {
 public:
  EvidenceCheck(Log::State& state, EvidenceCount& count);

  void take(const ReadEntry& entry);

  // The first entry that names something as what the list does not have it; or whose evidence was stored along with it
  // and is not on the list, or marked as pruned although no pruning that the log tells of went so far.
  std::optional<std::string> problem() const;

 private:
  struct Kept {
    std::string kind;
    bool pruned = false;
    std::int64_t promised = 0;  // the last entry that says so
  };

  void look_for(const ReadEntry& entry, const std::string& sha256, const char* kind);
  void fail(std::int64_t entry, const std::string& what);

  EvidenceCount& count_;
  std::unordered_set<Digest, DigestHash> there_;
  std::unordered_map<Digest, Kept, DigestHash> kept_;
  std::int64_t pruned_up_to_ = 0;
  std::optional<std::string> problem_;
};

// Of a manifest that is there to stay, with this digest: the first of its parts that was stored along with it and is
// not on the list of what stays.
std::optional<std::string> missing_part(Log::State& state, const std::string& manifest);

}  // namespace linkaudit::log
