#include "probes/evidence_of.h"

#include <algorithm>
#include <utility>

#include "probes/fetch/following.h"
#include "probes/fetch/header_fields.h"
#include "probes/page/digest.h"

namespace linkaudit::probes {
namespace {

ExchangeEvidence taken(Exchange& exchange, const std::string& known_sha256) {
  ExchangeEvidence kept;
  kept.hop = std::move(exchange.hop);
  kept.hop.timing = {};
  kept.request = std::move(exchange.raw_request);
  kept.interim = std::move(exchange.raw_interim);
  kept.response = std::move(exchange.raw_headers);
  kept.trailers = std::move(exchange.raw_trailers);
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

std::vector<ExchangeEvidence> taken(std::vector<Exchange>& exchanges, const Moment& now,
                                    const std::string& last_body_sha256) {
  std::vector<ExchangeEvidence> kept;
  kept.reserve(exchanges.size());
  for (Exchange& exchange : exchanges) {
    const bool last = &exchange == &exchanges.back();
    const Instant at = now.of(exchange.begun);
    kept.push_back(taken(exchange, last ? last_body_sha256 : std::string()));
    kept.back().at = at;
  }
  return kept;
}

Headers headers_of(std::string_view block) {
  Headers headers;
  for (bool first = true; !block.empty(); first = false) {
    const std::size_t end = std::min(block.find('\n'), block.size() - 1) + 1;
    if (!first) add_header_line(headers, block.substr(0, end));
    block.remove_prefix(end);
  }
  return headers;
}

Exchange exchange_of(const ExchangeEvidence& kept) {
  Exchange exchange;
  exchange.hop = kept.hop;
  exchange.headers = headers_of(kept.response);
  exchange.raw_request = kept.request;
  exchange.raw_interim = kept.interim;
  exchange.raw_headers = kept.response;
  exchange.raw_trailers = kept.trailers;
  const bool coded = !kept.decoded_sha256.empty();
  if (coded) exchange.raw_body = kept.body;
  exchange.body = coded ? kept.decoded : kept.body;
  exchange.cut_by = kept.truncated;
  return exchange;
}

}  // namespace

LegEvidence take_evidence(LegResult& leg, const Moment& now, const std::string& last_body_sha256) {
  LegEvidence evidence;
  evidence.leg = leg.request.leg;
  evidence.link_url = leg.request.link_url;
  evidence.failure = leg.failure;
  evidence.exchanges = taken(leg.exchanges, now, last_body_sha256);
  return evidence;
}

LegEvidence take_evidence(const LegRequest& request, EarlierAttempt& earlier, int number, const Moment& now) {
  LegEvidence evidence;
  evidence.leg = request.leg;
  evidence.attempt = number;
  evidence.link_url = request.link_url;
  if (earlier.failure.name != FailureName::http_status) evidence.failure = earlier.failure;
  evidence.exchanges = taken(earlier.exchanges, now, {});
  return evidence;
}

LegResult leg_of(const LegEvidence& evidence, bool through_gateway) {
  LegResult leg;
  leg.request.leg = evidence.leg;
  leg.request.url = evidence.exchanges.empty() ? evidence.link_url : evidence.exchanges.front().hop.url;
  leg.request.link_url = evidence.link_url;
  leg.request.through_gateway = through_gateway;
  leg.failure = evidence.failure;
  for (const ExchangeEvidence& kept : evidence.exchanges) leg.exchanges.push_back(exchange_of(kept));
  if (leg.failure || leg.exchanges.empty()) return leg;
  Exchange& last = leg.exchanges.back();
  // Where it would lead is known: nowhere.
  PageCache none(0);
  if (const auto url = parse_url(last.hop.url)) follow(last, *url, none);
  return leg;
}

}  // namespace linkaudit::probes
