// From key to key: the checkpoints by which a log's key handed over to the next one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/bundle/parts.h"
#include "audit/log/signing_key.h"

namespace linkaudit::bundle {

struct HandOver {
  std::string from, to;      // NAME+HASH
  std::int64_t entries = 0;  // of the tree at which it was
};

class Succession {
 public:
  // Follows the hand-overs in a bundle. Each must be signed by a key that is trusted or among the bundle's `own`, and
  // is not the one handed over to; that one is trusted when one of these is. Throws Misfit naming the part.
  Succession(const Parts& parts, std::vector<log::PublicKey> trusted, const std::vector<log::PublicKey>& own);

  const std::vector<log::PublicKey>& trusted() const { return trusted_; }  // with those handed over to
  const std::vector<HandOver>& followed() const { return followed_; }      // to keys that were not trusted before

 private:
  void follow(const std::string& name, const std::string& note, const std::vector<log::PublicKey>& own);

  std::vector<log::PublicKey> trusted_;
  std::vector<HandOver> followed_;
};

// The part in which checkpoint `number` stands.
std::string hand_over_part(std::int64_t number);

// Whether this note hands over, and one of these keys signed it and is not the one handed over to.
bool is_hand_over_by(const std::string& note, const std::vector<log::PublicKey>& keys);

}  // namespace linkaudit::bundle
