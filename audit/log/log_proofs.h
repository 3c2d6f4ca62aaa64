// Proofs over the tree of a log, and its entries against signed checkpoints.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/log/checkpoint.h"
#include "audit/log/log.h"
#include "audit/log/proof.h"

namespace linkaudit::log {

// That entry `seq` is among the first `size` entries; 1 <= seq <= size <= log.size().
Proof prove_entry(const Log& log, std::int64_t seq, std::int64_t size);
// That the first `old_size` entries begin the first `size`; 0 <= old_size <= size <= log.size().
Proof prove_growth(const Log& log, std::int64_t old_size, std::int64_t size);

// Checks the log's own checkpoints and further notes, as from a file beside it or kept elsewhere, against its tree:
// what does not fit first, with the entries that it lies among. The tree itself is taken as stored: Log::verify()
// proves that it is that of the entries. Of the log's own, which stand in the order in which they were signed, each
// must be signed by a key that none before it replaced. Without keys to trust only sizes and roots are compared.
struct LostKey {
  std::int64_t checkpoint = 0;  // its number
  std::int64_t entries = 0;     // of its tree
  std::string lost;             // NAME+HASH
};
struct CheckpointCheck {
  std::optional<std::string> misfit;
  std::int64_t signed_entries = 0;  // by the largest that fits, wherever it is kept; 0 without keys to trust
  std::vector<LostKey> lost_keys;   // as checkpoints of the log say
  bool untrusted = false;           // `misfit`: none of a checkpoint's signers is trusted
};
CheckpointCheck verify_checkpoints(const Log& log, std::vector<PublicKey> trusted, std::span<const std::string> notes);

// NAME+HASH of every key that signed any of the log's checkpoints, as they say, in the order in which they began to.
std::vector<std::string> all_signers(const Log& log);

}  // namespace linkaudit::log
