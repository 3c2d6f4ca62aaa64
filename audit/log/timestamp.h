// Time-stamps of RFC 3161, by OpenSSL: an authority's word that a message was there at an instant. Pure; who asks the
// authority, and keeps the answer, stands elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/log/log.h"

namespace linkaudit::log {

// A request (DER) for the SHA-256 of a message, with a nonce, that asks for the authority's certificate.
std::string timestamp_request(std::string_view message);

struct TimestampCheck {
  std::optional<Instant> at;  // what the authority says; to the second
  std::string problem;        // "" when all fits, else in words that begin with a verb
  bool authority_checked = false;
};

// Whether a reply (DER) grants that request, and is of that message; and where `authorities`, a file of PEM
// certificates, is named, whether one of them stood behind its signature at the instant that the reply names:
// certificates expire, what was stamped before stays stamped.
TimestampCheck check_timestamp(std::string_view request, std::string_view reply, std::string_view message,
                               const std::string& authorities);

// Whether a reply's signature is by the certificate that it brings, whosever that is.
bool is_signed_timestamp(std::string_view reply);

// A reply that was kept, and for which checkpoint. Who gave it, and when, is what it says itself.
struct KeptTimestamp {
  std::int64_t number = 0, checkpoint = 0;
  std::string request, reply;
};
void keep_timestamp(Log& log, const KeptTimestamp& stamp);  // its number is given here
std::vector<KeptTimestamp> timestamps(const Log& log);

}  // namespace linkaudit::log
