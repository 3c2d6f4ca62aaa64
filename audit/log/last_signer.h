// Who signed a log last.
#pragma once

#include <optional>
#include <string>

#include "audit/log/log.h"

namespace linkaudit::log {

struct LastSigner {
  std::string origin;     // the log's name
  std::string name;       // NAME+HASH, of the key that signs from there on
  std::int64_t size = 0;  // entries
};

// By the newest checkpoint in the log, or where it has none in the file of them beside it; nothing: none was signed.
std::optional<LastSigner> last_signer(const Log& log);

}  // namespace linkaudit::log
