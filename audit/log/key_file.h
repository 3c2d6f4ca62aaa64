// Keys in files: the private one for its owner's eyes alone, and beside it, in <file>.pub, the public ones that have
// signed so far, a line each, the oldest first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/log/last_signer.h"
#include "audit/log/log.h"
#include "audit/log/signing_key.h"

namespace linkaudit::log {

std::string key_file_of(const std::string& database);  // <database>.key
std::string public_keys_of(const std::string& key_file);

// Throws LogRefused when the file is no key, or others may read it; when there is none, makes it with a name of its
// own, "linkaudit-" and 8 random hex digits. Two programs that make it at once get the same key. For a log that may
// have been signed before: key_of().
SigningKey take_key(const std::string& key_file);
// Throws KeyLost where the file is not there, but the log, or the file of checkpoints beside it, holds a checkpoint.
void require_key(const Log& log, const std::string& key_file);
// Both of a log's own key: throws KeyLost, too, where the file holds another than the one that signed last, or to which
// that one handed over. Where a hand-over was interrupted, puts the staged key in its place.
SigningKey key_of(const Log& log, const std::string& key_file);
SigningKey read_key(const std::string& key_file);  // throws LogRefused when there is none

// The public key of the private one in a file, writing nothing; nothing where none can be read there.
std::optional<PublicKey> public_key_at(const std::string& key_file);

// Makes a key where there is none yet; throws LogRefused otherwise.
SigningKey make_key(const std::string& key_file, const std::string& name);

// Adds it to the public ones beside the private key, which need not be there yet.
void add_public_key(const std::string& key_file, const PublicKey& key);

// Before a hand-over: the next key, durable, in <file>.next, so that it is not lost when the program ends in between.
void stage_key(const std::string& key_file, const SigningKey& next);

// Puts another key of the same name in the place of the file's; none stays staged. Durable before it returns.
void replace_key(const std::string& key_file, const SigningKey& next);

// The public keys in a file: a line each, '#' begins a comment. Throws LogRefused naming the line that is none.
std::vector<PublicKey> read_public_keys(const std::string& file);

}  // namespace linkaudit::log
