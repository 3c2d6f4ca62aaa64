// The checkpoints that a log keeps of itself, in the order in which they were signed.
#pragma once

#include <string>
#include <vector>

#include "audit/log/checkpoint.h"
#include "audit/log/log.h"

namespace linkaudit::log {

struct KeptCheckpoint {
  std::int64_t number = 0;  // from 1
  Instant at{};             // when it was signed, by the signer's clock
  std::int64_t size = 0;
  std::string note;  // as signed

  bool operator==(const KeptCheckpoint&) const = default;
};

// Signs the tree as it stands and keeps that, durable on return. When the newest one is of the same tree by the same
// key, gives that one instead. std::runtime_error when the newest is of another tree of this size, or of a larger one;
// KeyLost when another key signs the log since.
KeptCheckpoint keep_checkpoint(Log& log, const SigningKey& key, Instant at);

// The same, handing over to another key: signed by both.
KeptCheckpoint hand_over(Log& log, const SigningKey& from, const SigningKey& to, Instant at);

// The same by a new key after the one before, NAME+HASH, was lost: says so.
KeptCheckpoint begin_anew(Log& log, const SigningKey& key, const std::string& lost, Instant at);

std::vector<KeptCheckpoint> checkpoints(const Log& log);
// The first one of at least so many entries.
std::optional<KeptCheckpoint> checkpoint_over(const Log& log, std::int64_t size);
std::optional<KeptCheckpoint> newest_checkpoint(const Log& log);

}  // namespace linkaudit::log
