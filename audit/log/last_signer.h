// Who signed a log last, and so is the only one to sign on.
#pragma once

#include <optional>
#include <string>

#include "audit/log/log.h"
#include "audit/log/signing_key.h"

namespace linkaudit::log {

// The key that signs a log is not at hand: its file is missing, or holds a key that was replaced or is another log's.
class KeyLost : public LogRefused {
 public:
  using LogRefused::LogRefused;
};

struct LastSigner {
  std::string origin;     // the log's name
  std::string name;       // NAME+HASH, of the key that signs from there on
  std::int64_t size = 0;  // entries

  bool is(const PublicKey& key) const;
};

// As a checkpoint says it; nothing where this is none.
std::optional<LastSigner> signer_after(const std::string& note);

// By the newest checkpoint in the log, or where it has none in the file of them beside it; nothing: none was signed.
std::optional<LastSigner> last_signer(const Log& log);

}  // namespace linkaudit::log
