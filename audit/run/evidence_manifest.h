// The manifest of an observation's evidence: what was sent and received, by digests. The observation commits to all of
// it by the SHA-256 of the manifest. EVIDENCE.md describes its JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/evidence.h"

namespace linkaudit::run {

struct Part {
  std::string sha256;  // hex
  std::int64_t bytes = 0;

  bool operator==(const Part&) const = default;
};

struct ManifestExchange {
  probes::Instant at{};
  probes::Hop hop;  // its URL masked, without timing
  // Header blocks, masked; nothing when there was none. Of interim answers all in one.
  std::optional<Part> request, interim, response, trailers;
  std::optional<Part> body;     // as received
  std::optional<Part> decoded;  // without its content codings, when it had any
  std::string truncated;
  bool masked = false;  // a header block or the URL is not what was on the wire

  bool operator==(const ManifestExchange&) const = default;
};

struct ManifestLeg {
  probes::Leg leg = probes::Leg::context;
  int attempt = 0;       // 0: the last look; else the number of an attempt before it
  std::string link_url;  // masked
  std::optional<probes::Failure> failure;
  bool failed_again = false;
  std::vector<ManifestExchange> exchanges;

  bool operator==(const ManifestLeg&) const = default;
};

struct Manifest {
  probes::Instant at{};  // of the observation
  std::string link, url, context, vantage;
  Part heads;  // all header blocks of all legs, one after another: request, interim, response, trailers, request ...
  std::vector<ManifestLeg> legs;

  bool operator==(const Manifest&) const = default;
};

std::string to_json(const Manifest& manifest);  // canonical (RFC 8785)

// Throws std::invalid_argument naming the field that does not fit.
Manifest manifest_from_json(std::string_view text);

}  // namespace linkaudit::run
