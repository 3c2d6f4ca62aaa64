// Which evidence is stored, by the catalog's evidence.keep. EVIDENCE.md says what is promised.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <string>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"
#include "audit/run/evidence.h"

namespace linkaudit::run {

// One run. Holds a few bytes for each stream (a cell seen by one method from one vantage) that the log knows.
class EvidenceKeeper {
 public:
  EvidenceKeeper(const catalog::Catalog& catalog, const log::Log& log);

  // Digests the evidence of an observation that is to be logged, and notes it there; the observation's own texts are
  // masked already. Adds what is to be stored to `blobs` or, when it is wanted only until the next look, to `slots`.
  void take(probes::Observation& observation, const EvidenceLegs& legs, std::vector<log::Blob>& blobs,
            std::vector<log::SlotBlobs>& slots);

 private:
  bool is_news(const probes::Observation& observation, const std::string& stream);

  const catalog::Catalog& catalog_;
  HeadMask mask_;
  absl::flat_hash_map<std::size_t, std::size_t> states_;  // hash of a stream -> hash of its newest state
};

}  // namespace linkaudit::run
