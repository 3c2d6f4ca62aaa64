// The certificates that a server has shown, as one digest.
#pragma once

#include <openssl/types.h>

#include <string>

#include "probes/observation.h"

namespace linkaudit::probes {

// SHA-256, lower-case hex, over the DER certificates of the chain as the server sent it: the leaf first, one after
// another, nothing between them. A root that the server did not send is not in it, nor is any order or choice of ours.
// A resumed session has the chain of the handshake that began it. "" when no certificate was sent. `session` is a
// client's, after its handshake.
std::string chain_sha256(const SSL* session);

// Writes the same digest, and the version and cipher agreed on, to `hop` as soon as the server's certificates arrive,
// before they are verified: so they are known of those that are refused. For handshakes made with `context` while `hop`
// lives; renegotiation is off.
void note_shown_tls(SSL_CTX* context, Hop& hop);

}  // namespace linkaudit::probes
