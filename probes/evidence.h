// What looking at a link leaves behind: each exchange of a leg, byte for byte.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/failure.h"
#include "probes/observation.h"

namespace linkaudit::probes {

struct ExchangeEvidence {
  Instant at{};                         // when it began
  Hop hop;                              // its timing is no part of the evidence
  std::string request;                  // request line and header block as sent; "" when nothing was sent
  std::string interim;                  // of interim answers (1xx), likewise; "" when there were none
  std::string response;                 // status line and header block as received; "" when there was none
  std::string trailers;                 // fields behind the body; "" when there were none
  std::string body;                     // as received, content codings still on; transfer codings are taken off
  std::string body_sha256;              // hex; "" when there was no answer
  std::string decoded, decoded_sha256;  // the body without its content codings; "" when it had none
  std::string truncated;                // why the answer is not whole: length, time, disconnect, unspecified; ""

  bool operator==(const ExchangeEvidence&) const = default;
};

struct LegEvidence {
  Leg leg = Leg::context;
  int attempt = 0;       // 0: the last look, which counts; else the number of an attempt before it, from 1
  std::string link_url;  // whom it is about; the first exchange may ask a gateway for it
  std::vector<ExchangeEvidence> exchanges;
  std::optional<Failure> failure;  // why following ended without a page
  bool failed_again = false;       // on the network, in every look, at the same party

  bool operator==(const LegEvidence&) const = default;
};

}  // namespace linkaudit::probes
