// Looks with what was sent and received for them.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"
#include "audit/run/evidence.h"
#include "audit/run/evidence_keeper.h"
#include "probes/page/digest.h"

namespace linkaudit::run {

using probes::sha256_hex;
using namespace std::chrono_literals;

constexpr probes::Instant kNoon{std::chrono::sys_days(std::chrono::year(2022) / 1 / 27) + 12h};
inline const std::vector<std::string> kSecrets = {"token"};

inline probes::ExchangeEvidence exchange(const std::string& url, const std::string& body) {
  probes::ExchangeEvidence made;
  made.at = kNoon - 250ms;
  made.hop.url = url;
  made.hop.status = 200;
  made.hop.address = "203.0.113.7";
  made.hop.http_version = "1.1";
  made.hop.tls_chain_sha256 = std::string(64, 'd');
  made.request = "GET " + url.substr(url.find('/', 8)) + " HTTP/1.1\r\nCookie: a=hush\r\n\r\n";
  made.response = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
  made.body = body;
  made.body_sha256 = sha256_hex(body);
  return made;
}

inline std::shared_ptr<probes::LegEvidence> leg(probes::Leg which, std::vector<probes::ExchangeEvidence> exchanges) {
  auto made = std::make_shared<probes::LegEvidence>();
  made->leg = which;
  made->link_url = "https://item.taobao.com/item.htm?id=1";
  made->exchanges = std::move(exchanges);
  return made;
}

// A redirect and a packed page in the context, a plain page for the control.
inline EvidenceLegs some_legs(const std::string& page = "<title>kettle</title>") {
  probes::ExchangeEvidence redirect = exchange("https://mp.weixinbridge.com/mp/wapredirect?url=x%3Ftoken%3Dhush", "");
  redirect.hop.status = 302;
  redirect.hop.via = "http";
  probes::ExchangeEvidence packed = exchange("https://item.taobao.com/item.htm?id=1", "\x1f\x8b packed " + page);
  packed.decoded = page;
  packed.decoded_sha256 = sha256_hex(page);
  packed.truncated = "length";
  packed.hop.tls_version = "TLSv1.3";
  return {leg(probes::Leg::context, {redirect, packed}),
          leg(probes::Leg::control, {exchange("https://item.taobao.com/item.htm?id=1", page)})};
}

inline probes::Observation observation(probes::Instant at = kNoon, probes::Outcome outcome = probes::Outcome::direct) {
  probes::Observation seen;
  seen.at = at;
  seen.link = "taobao/item";
  seen.url = "https://item.taobao.com/item.htm?id=1";
  seen.platform = "taobao";
  seen.context = "wechat/group";
  seen.vantage = "local";
  seen.outcome = outcome;
  return seen;
}

inline catalog::Catalog keeping(const std::string& keep) {
  catalog::Catalog catalog;
  catalog.evidence_keep = keep;
  catalog.secret_parameters = kSecrets;
  return catalog;
}

// Logs one look, as a run does.
inline void look(log::Log& log, EvidenceKeeper& keeper, probes::Observation seen, const EvidenceLegs& legs) {
  std::vector<log::Blob> blobs;
  std::vector<log::SlotBlobs> slots;
  const probes::Instant at = seen.at;
  keeper.take(seen, legs, blobs, slots);
  const std::vector<log::NewEntry> entries = {log::NewObservation{std::move(seen), std::nullopt}};
  log.append(entries, at, blobs, slots);
}

}  // namespace linkaudit::run
