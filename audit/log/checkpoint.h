// A checkpoint of C2SP (c2sp.org/tlog-checkpoint): which log, how many entries, the root of their tree. As a signed
// note it binds its signer to all of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/log/log.h"
#include "audit/log/signing_key.h"

namespace linkaudit::log {

struct Checkpoint {
  std::string origin;  // the log's name, which is that of its key
  std::int64_t size = 0;
  Digest root{};
  std::vector<std::string> extensions;  // lines, none empty

  bool operator==(const Checkpoint&) const = default;
};

std::string text_of(const Checkpoint& checkpoint);
std::optional<Checkpoint> checkpoint_from(std::string_view text);

// By the extension line "next-key PUBLIC KEY" the signer hands over to another key: from this checkpoint on that one
// signs.
std::string hand_over_line(const PublicKey& next);
std::optional<PublicKey> next_key(const Checkpoint& checkpoint);

// By the extension line "lost-key NAME+HASH" a key says that it signs since the one before was lost: nobody vouches for
// it but whoever publishes it.
std::string lost_key_line(const std::string& lost);
std::optional<std::string> lost_key(const Checkpoint& checkpoint);

// Reads signed checkpoints, trusting some keys and those that these hand over to.
class CheckpointReader {
 public:
  explicit CheckpointReader(std::vector<PublicKey> trusted) : trusted_(std::move(trusted)) {}

  // The checkpoint, or why it is to be refused: in words that begin with "is".
  struct Result {
    std::optional<Checkpoint> checkpoint;
    std::string problem;
    bool untrusted = false;               // it is a checkpoint, but none of its signers is trusted
    std::vector<PublicKey> signers = {};  // those that are trusted
  };
  Result read(std::string_view note);

  const std::vector<PublicKey>& trusted() const { return trusted_; }

 private:
  std::vector<PublicKey> trusted_;
};

}  // namespace linkaudit::log
