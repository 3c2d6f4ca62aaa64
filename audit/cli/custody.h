// Signing what was written: a checkpoint after each command that appended, in the database and in the file beside it.
#pragma once

#include <string>
#include <vector>

#include "audit/cli/session.h"
#include "audit/log/signing_key.h"

namespace linkaudit::cli {

// --key, or the database's own.
std::string key_file(const Session& session, const std::string& database);

// When this command opened the log for writing and its tree has grown: signs it. The key is made on first use.
void sign_what_was_written(const Session& session);

// The keys to trust: those of `file`, or where it is "" those beside the private key, or where there are none
// the private one's own; none when there is no such file either.
std::vector<log::PublicKey> trusted_keys(const Session& session, const std::string& database, const std::string& file);

}  // namespace linkaudit::cli
