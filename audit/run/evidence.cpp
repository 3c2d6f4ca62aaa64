#include "audit/run/evidence.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/log/hash.h"
#include "audit/run/secrets.h"

namespace linkaudit::run {
namespace {

// One observation's manifest in the making.
class Collector {
 public:
  explicit Collector(HeadMask& mask) : mask_(mask) {}

  ManifestLeg leg(const probes::LegEvidence& given) {
    ManifestLeg leg;
    leg.leg = given.leg;
    leg.attempt = given.attempt;
    leg.link_url = mask_url(given.link_url, mask_.parameters());
    leg.failure = given.failure;
    leg.failed_again = given.failed_again;
    for (const probes::ExchangeEvidence& each : given.exchanges) leg.exchanges.push_back(exchange(each));
    return leg;
  }

  Part heads_part() { return part(heads_); }
  std::string take_heads() { return std::move(heads_); }
  std::string digest(std::string_view text) { return log::to_hex(hasher_(text)); }

 private:
  ManifestExchange exchange(const probes::ExchangeEvidence& given) {
    ManifestExchange made;
    made.at = given.at;
    made.hop = given.hop;
    made.hop.url = mask_url(given.hop.url, mask_.parameters());
    made.masked = made.hop.url != given.hop.url;
    made.request = head(given.request, made.masked);
    made.interim = head(given.interim, made.masked);
    made.response = head(given.response, made.masked);
    made.trailers = head(given.trailers, made.masked);
    made.truncated = given.truncated;
    if (given.body_sha256.empty()) return made;
    made.body = Part{given.body_sha256, static_cast<std::int64_t>(given.body.size())};
    if (given.decoded_sha256.empty()) return made;
    made.decoded = Part{given.decoded_sha256, static_cast<std::int64_t>(given.decoded.size())};
    return made;
  }

  std::optional<Part> head(const std::string& given, bool& is_masked) {
    if (given.empty()) return std::nullopt;
    const std::string shown = mask_(given);
    is_masked |= shown != given;
    heads_ += shown;
    return part(shown);
  }

  Part part(const std::string& bytes) { return {digest(bytes), static_cast<std::int64_t>(bytes.size())}; }

  HeadMask& mask_;
  log::Hasher hasher_;
  std::string heads_;
};

}  // namespace

Evidence evidence_of(const probes::Observation& observation, const EvidenceLegs& legs, HeadMask& mask) {
  Collector collector(mask);
  Evidence evidence;
  Manifest& manifest = evidence.manifest;
  manifest.at = observation.at;
  manifest.link = observation.link;
  manifest.url = observation.url;
  manifest.context = observation.context;
  manifest.vantage = observation.vantage;
  for (const auto& leg : legs) manifest.legs.push_back(collector.leg(*leg));
  manifest.heads = collector.heads_part();
  evidence.manifest_json = to_json(manifest);
  evidence.sha256 = collector.digest(evidence.manifest_json);
  evidence.heads = collector.take_heads();
  return evidence;
}

namespace {

// Of a URL its scheme and host; all of it when it has no path.
std::string site_of(const std::string& url) {
  const std::size_t host = url.find("://");
  return host == std::string::npos ? url : url.substr(0, url.find('/', host + 3));
}

// Whose looks are alike: a cell's own, and of a leg that the looks of a run share those at its site.
std::string place_of(const probes::LegEvidence& leg, const std::string& cell) {
  const bool own = leg.leg == probes::Leg::context || leg.leg == probes::Leg::control;
  return fmt::format("{} {} {}", own ? cell : site_of(leg.link_url), name(leg.leg), leg.attempt);
}

}  // namespace

std::vector<log::Blob> blobs_of(const Evidence& evidence, const EvidenceLegs& legs, const std::string& cell) {
  std::vector<log::Blob> blobs;
  std::vector<std::string> parts;
  const auto add = [&](const std::string& sha256, const std::string& bytes, const char* kind, std::string alike) {
    const auto same = [&](const log::Blob& blob) { return blob.sha256 == sha256; };
    if (bytes.size() > log::kLargestBlob || std::any_of(blobs.begin(), blobs.end(), same)) return;
    blobs.push_back({sha256, bytes, kind, true, std::move(alike)});
    parts.push_back(sha256);
  };
  add(evidence.manifest.heads.sha256, evidence.heads, "heads", cell + " heads");
  for (const auto& leg : legs) {
    for (std::size_t at = 0; at < leg->exchanges.size(); ++at) {
      const probes::ExchangeEvidence& exchange = leg->exchanges[at];
      const std::string where = fmt::format("{} {}", place_of(*leg, cell), at);
      if (!exchange.body.empty()) add(exchange.body_sha256, exchange.body, "body", where);
      if (!exchange.decoded.empty()) add(exchange.decoded_sha256, exchange.decoded, "body", where + " decoded");
    }
  }
  const std::vector<std::string> all = parts;
  add(evidence.sha256, evidence.manifest_json, "manifest", cell + " manifest");
  blobs.back().parts = all;
  return blobs;
}

std::vector<std::string> parts_of(const Manifest& manifest) {
  std::vector<std::string> parts = {manifest.heads.sha256};
  for (const ManifestLeg& leg : manifest.legs) {
    for (const ManifestExchange& exchange : leg.exchanges) {
      if (exchange.body && exchange.body->bytes > 0) parts.push_back(exchange.body->sha256);
      if (exchange.decoded && exchange.decoded->bytes > 0) parts.push_back(exchange.decoded->sha256);
    }
  }
  return parts;
}

}  // namespace linkaudit::run
