// The evidence that the log keeps, as a WARC file for others to read.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "audit/log/read.h"
#include "audit/run/evidence.h"
#include "probes/warc/writer.h"

namespace linkaudit::run {

struct WarcCounts {
  std::int64_t observations = 0;  // written
  std::int64_t not_kept = 0;      // asked for, but their evidence is not in the log (any more)
};

// Writes observations one by one: of each its exchanges, then its manifest.
class EvidenceWarc {
 public:
  // `newest`: when the newest of them was seen. `software`: as of probes::WarcWriter.
  EvidenceWarc(std::ostream& out, log::Instant newest, bool simulated, std::string_view software = {});

  // `at`, `url`: of the observation.
  void add(std::int64_t entry, log::Instant at, std::string_view url, KeptEvidence kept);

 private:
  probes::WarcWriter writer_;
};

// Of each observation that the filter lets through, in their order: its exchanges, then its manifest. The same log,
// horizon and filter give the same bytes. Throws log::LogError when what is stored does not fit.
WarcCounts write_warc(const log::Log& log, const log::Horizon& horizon, const log::ObservationFilter& filter,
                      std::ostream& out);

}  // namespace linkaudit::run
