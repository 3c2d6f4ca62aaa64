// The evidence of an observation: made when it is seen, masked and digested; read back from the log.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/log/log.h"
#include "audit/run/evidence_manifest.h"
#include "audit/run/head_mask.h"
#include "probes/evidence.h"
#include "probes/observation.h"

namespace linkaudit::run {

using EvidenceLegs = std::vector<std::shared_ptr<const probes::LegEvidence>>;

// What an observation leaves behind, not yet stored.
struct Evidence {
  std::string sha256;  // of the manifest: Observation::evidence
  Manifest manifest;
  std::string manifest_json, heads;
};

// Digests the evidence of an observation whose own texts are masked already.
Evidence evidence_of(const probes::Observation& observation, const EvidenceLegs& legs, HeadMask& mask);

// What is to be stored of it: header blocks, every body, each once, and the manifest. A body beyond what the log takes
// is left out; the manifest names it all the same. `cell`: whose looks are alike, so that they are stored in little
// room.
std::vector<log::Blob> blobs_of(const Evidence& evidence, const EvidenceLegs& legs, const std::string& cell);

// Evidence as it was kept.
struct KeptEvidence {
  Manifest manifest;
  std::string manifest_json;
  std::vector<probes::LegEvidence> legs;
  bool whole = true;  // false: a body is not there; then it is empty in `legs`
};

// The bytes under a digest, hex; nothing when they are not there.
using BlobSource = std::function<std::optional<std::string>(const std::string& sha256)>;

// Puts the bytes back in the places that a manifest names. Throws std::invalid_argument when it is none, or they do not
// fit.
KeptEvidence evidence_from(std::string manifest_json, const BlobSource& blobs);

// Nothing when the manifest under this digest is not kept. Throws log::LogError when what is stored does not fit.
std::optional<KeptEvidence> kept_evidence(const log::Log& log, const std::string& sha256);

// Digests of all that a manifest leads to: header blocks and bodies.
std::vector<std::string> parts_of(const Manifest& manifest);

}  // namespace linkaudit::run
