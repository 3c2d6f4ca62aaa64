#include "probes/evidence_of.h"

#include <utility>

#include "probes/page/digest.h"

namespace linkaudit::probes {
namespace {

ExchangeEvidence taken(Exchange& exchange, const std::string& known_sha256) {
  ExchangeEvidence kept;
  kept.hop = std::move(exchange.hop);
  kept.hop.timing = {};
  kept.request = std::move(exchange.raw_request);
  kept.response = std::move(exchange.raw_headers);
  kept.truncated = std::move(exchange.cut_by);
  if (kept.response.empty()) return kept;
  std::string sha256 = known_sha256.empty() ? sha256_hex(exchange.body) : known_sha256;
  const bool coded = !exchange.raw_body.empty();
  if (coded) {
    kept.body = std::move(exchange.raw_body);
    kept.body_sha256 = sha256_hex(kept.body);
    kept.decoded = std::move(exchange.body);
    kept.decoded_sha256 = std::move(sha256);
  } else {
    kept.body = std::move(exchange.body);
    kept.body_sha256 = std::move(sha256);
  }
  return kept;
}

}  // namespace

LegEvidence take_evidence(LegResult& leg, Instant at, std::chrono::steady_clock::time_point now,
                          const std::string& last_body_sha256) {
  LegEvidence evidence;
  evidence.leg = leg.request.leg;
  evidence.failure = leg.failure;
  evidence.exchanges.reserve(leg.exchanges.size());
  for (Exchange& exchange : leg.exchanges) {
    const bool last = &exchange == &leg.exchanges.back();
    const auto ago = std::chrono::floor<std::chrono::milliseconds>(now - exchange.begun);
    evidence.exchanges.push_back(taken(exchange, last ? last_body_sha256 : std::string()));
    evidence.exchanges.back().at = at - ago;
  }
  return evidence;
}

}  // namespace linkaudit::probes
