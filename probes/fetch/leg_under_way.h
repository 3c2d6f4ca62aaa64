// One leg from its queue to its end.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "probes/fetch/curl_handles.h"
#include "probes/fetch/transfer.h"
#include "probes/fetch/url.h"
#include "probes/leg_runner.h"

namespace linkaudit::probes {

enum class LegPhase {
  queued,         // not begun, or waiting for another attempt
  checking_link,  // the link's name is being resolved, before the gateway is asked
  waiting_turn,   // for its next host's gate
  resolving,      // its next host's name
  transferring,
  reading,  // its page
};

struct LegUnderWay {
  std::uint64_t id = 0;
  LegRunner::Done done;
  LegResult result;  // request, attempt, earlier failures, exchanges so far

  LegPhase phase = LegPhase::queued;
  std::optional<Url> next;   // what is asked next, or now
  std::string waits_for;     // the name being resolved for it; "" otherwise
  std::optional<Url> first;  // credentials of the client go to its host only
  int redirects = 0;
  bool new_connection = false;  // the one that was there is not to be used
  int least_attempts = 1;       // two, once a connection was lost that the server had used before
  std::optional<std::chrono::steady_clock::time_point> until;  // of a leg that is given up early
  std::chrono::steady_clock::time_point begun{};               // of the current exchange or look-up

  // The handle serves all hops of one attempt: its cookies are the leg's. The transfer uses it.
  CurlEasy easy;
  std::optional<Transfer> transfer;
};

}  // namespace linkaudit::probes
