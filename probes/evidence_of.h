// From what was fetched to what is kept of it, and back.
#pragma once

#include <chrono>
#include <string>

#include "probes/evidence.h"
#include "probes/exchange.h"

namespace linkaudit::probes {

// The same moment on both clocks.
struct Moment {
  Instant at{};
  std::chrono::steady_clock::time_point steady{};

  Instant of(std::chrono::steady_clock::time_point past) const {
    return at - std::chrono::floor<std::chrono::milliseconds>(steady - past);
  }
};

// Takes the bytes out of the leg. `last_body_sha256` is the digest of the last exchange's decoded body where it is
// known already, else "".
LegEvidence take_evidence(LegResult& leg, const Moment& now, const std::string& last_body_sha256);

// The same for an attempt before the last, the first being number 1.
LegEvidence take_evidence(const LegRequest& request, EarlierAttempt& earlier, int number, const Moment& now);

// The leg as it was when it had been fetched, its last page read again, so that it can be judged again. Of what is no
// part of the evidence (the client, earlier attempts) it knows nothing.
LegResult leg_of(const LegEvidence& evidence, bool through_gateway);

}  // namespace linkaudit::probes
