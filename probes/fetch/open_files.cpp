#include "probes/fetch/open_files.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <stdexcept>

namespace linkaudit::probes {
namespace {

// A connection, a second one while the first is being left, and what a look-up of its name has open.
constexpr rlim_t kForTransfer = 3;
constexpr rlim_t kForAllElse = 48;  // the database and its side files, standard streams, resolvers, wake-up pipes

}  // namespace

int transfers_possible(int wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = kForAllElse + kForTransfer * static_cast<rlim_t>(std::max(1, wanted));
  if (limit.rlim_cur < needed && limit.rlim_cur < limit.rlim_max) {
    rlimit raised = limit;
    raised.rlim_cur = std::min(limit.rlim_max, needed);
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  if (limit.rlim_cur < kForAllElse + kForTransfer) {
    throw std::runtime_error(
        fmt::format("only {} files may be open at once (ulimit -n): probing needs {}, and {} for {} "
                    "transfers at once",
                    limit.rlim_cur, kForAllElse + kForTransfer, needed, wanted));
  }
  const rlim_t possible = (limit.rlim_cur - kForAllElse) / kForTransfer;
  return static_cast<int>(std::min<rlim_t>(possible, static_cast<rlim_t>(std::max(1, wanted))));
}

}  // namespace linkaudit::probes
