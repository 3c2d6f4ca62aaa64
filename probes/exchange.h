// What one request brought back, and one leg: the exchanges of a link followed hop by hop.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "probes/failure.h"
#include "probes/observation.h"
#include "probes/page/page_facts.h"
#include "probes/subject.h"

namespace linkaudit::probes {

using Headers = std::vector<std::pair<std::string, std::string>>;  // as received, in order

// One GET. `failure` empty: an answer was received whole (whatever its status) or truncated at our bound.
struct Exchange {
  std::chrono::steady_clock::time_point begun{};  // looking up the name included
  Hop hop;
  std::string raw_request;  // request line and header block as sent; "" when nothing was sent
  Headers headers;
  std::string raw_interim;   // status lines and header blocks of interim answers (1xx), as received
  std::string raw_headers;   // status line and header block as received: whole lines, as libcurl hands them over
  std::string raw_trailers;  // trailer fields as received
  std::string raw_body;      // as received, bounded; "" when there was no content coding: then it is `body`
  std::string body;          // decoded content, bounded by max_body_kib
  std::string body_sha256;   // of `body`, when its page was read
  bool truncated = false;
  std::string cut_by;  // why not all of the answer was received: length, time, disconnect, unspecified; "" when it was
  std::optional<Failure> failure;
  std::shared_ptr<const PageFacts> page;  // of bodies that are HTML or text; null for a redirect left by http
};

// One way of fetching a link: as an app does, or as a plain mobile browser does.
struct LegRequest {
  Leg leg = Leg::context;
  std::string url;               // what to fetch first: the link, or the gateway's URL with the link in it
  std::string link_url;          // the link itself; checked before any packet is sent
  bool through_gateway = false;  // the gateway's own hop does not count as a redirect
  Client client;
  int only_within_s = 0;    // > 0: tried once, and given up after so many seconds
  std::string limit_group;  // fairness: legs of one group take turns with those of others ("" = host name)
};

// What came of an attempt that was not the last.
struct EarlierAttempt {
  std::vector<Exchange> exchanges;
  Failure failure;  // why there was another; perhaps of its answer's status
};

// Followed to its end. `exchanges` is never empty unless the link itself was refused before any packet.
struct LegResult {
  LegRequest request;
  std::vector<Exchange> exchanges;
  std::optional<Failure> failure;  // why following ended without a page; http statuses are not failures here
  int attempt = 1;
  std::vector<EarlierAttempt> earlier;
};

}  // namespace linkaudit::probes
