// evidence_from(), kept_evidence().
#include <stdexcept>

#include "audit/run/evidence.h"

namespace linkaudit::run {
namespace {

// Puts the bytes back in their places.
class Reader {
 public:
  Reader(const BlobSource& blobs, KeptEvidence& kept) : blobs_(blobs), kept_(kept) {}

  void read() {
    const Manifest& manifest = kept_.manifest;
    heads_ = bytes_of(manifest.heads);
    for (const ManifestLeg& leg : manifest.legs) {
      probes::LegEvidence& made = kept_.legs.emplace_back();
      made.leg = leg.leg;
      made.attempt = leg.attempt;
      made.link_url = leg.link_url;
      made.failure = leg.failure;
      made.failed_again = leg.failed_again;
      for (const ManifestExchange& exchange : leg.exchanges) made.exchanges.push_back(read(exchange));
    }
  }

 private:
  probes::ExchangeEvidence read(const ManifestExchange& exchange) {
    probes::ExchangeEvidence made;
    made.at = exchange.at;
    made.hop = exchange.hop;
    made.truncated = exchange.truncated;
    if (exchange.request) made.request = head(*exchange.request);
    if (exchange.interim) made.interim = head(*exchange.interim);
    if (exchange.response) made.response = head(*exchange.response);
    if (exchange.trailers) made.trailers = head(*exchange.trailers);
    if (exchange.body) {
      made.body_sha256 = exchange.body->sha256;
      made.body = bytes_of(*exchange.body);
    }
    if (exchange.decoded) {
      made.decoded_sha256 = exchange.decoded->sha256;
      made.decoded = bytes_of(*exchange.decoded);
    }
    return made;
  }

  // Header blocks stand one after another.
  std::string head(const Part& part) {
    const auto length = static_cast<std::size_t>(part.bytes);
    if (heads_.empty()) return {};  // not kept
    if (part.bytes < 0 || length > heads_.size() - at_) throw std::invalid_argument("its header blocks are too short");
    const std::string block = heads_.substr(at_, length);
    at_ += length;
    return block;
  }

  std::string bytes_of(const Part& part) {
    if (part.bytes == 0) return {};
    auto bytes = blobs_(part.sha256);
    kept_.whole = kept_.whole && bytes.has_value();
    return std::move(bytes).value_or("");
  }

  const BlobSource& blobs_;
  KeptEvidence& kept_;
  std::string heads_;
  std::size_t at_ = 0;
};

}  // namespace

KeptEvidence evidence_from(std::string manifest_json, const BlobSource& blobs) {
  KeptEvidence kept;
  kept.manifest = manifest_from_json(manifest_json);
  kept.manifest_json = std::move(manifest_json);
  Reader(blobs, kept).read();
  return kept;
}

std::optional<KeptEvidence> kept_evidence(const log::Log& log, const std::string& sha256) {
  auto manifest = log.blob(sha256);
  if (!manifest) return std::nullopt;
  try {
    return evidence_from(std::move(*manifest), [&](const std::string& part) { return log.blob(part); });
  } catch (const std::invalid_argument& problem) {
    throw log::LogError(log.path() + ": evidence " + sha256 + ": " + problem.what());
  }
}

}  // namespace linkaudit::run
