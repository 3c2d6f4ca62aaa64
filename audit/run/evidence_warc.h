// The evidence that the log keeps, as a WARC file for others to read.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "audit/log/read.h"

namespace linkaudit::run {

struct WarcCounts {
  std::int64_t observations = 0;  // written
  std::int64_t not_kept = 0;      // asked for, but their evidence is not in the log (any more)
};

// Of each observation that the filter lets through, in their order: its exchanges, then its manifest. The same log,
// horizon and filter give the same bytes. Throws log::LogError when what is stored does not fit.
WarcCounts write_warc(const log::Log& log, const log::Horizon& horizon, const log::ObservationFilter& filter,
                      std::ostream& out);

}  // namespace linkaudit::run
