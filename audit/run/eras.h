// Which catalog planned when. An era begins when a run that asks what is due, or the daemon, first sees a catalog, and
// ends when it sees another one: within it that catalog's schedules plan. Eras follow one another without overlap,
// whatever the clock did meanwhile, so that what was planned follows from the log alone.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/read.h"

namespace linkaudit::run {

// In the list of schedules of a logged catalog: its era plans nothing. A catalog that was logged for what was seen
// under it, and not to plan, has an empty list.
inline constexpr const char* kNoSchedules = "(none)";

// Catalogs of the log, by digest, for those who plan again and again. Nothing for one that this program cannot read.
class Shelf {
 public:
  std::shared_ptr<const catalog::Catalog> catalog(const log::Log& log, const std::string& sha256);

 private:
  std::map<std::string, std::shared_ptr<const catalog::Catalog>> catalogs_;
};

// Its fires lie in (begin, end].
struct Era {
  probes::Instant begin{}, end{};
  std::shared_ptr<const catalog::Catalog> catalog;
};

// Read from the log when asked for, the newest first. Log, shelf and catalog must outlive it.
class Eras {
 public:
  Eras(const log::Log& log, Shelf& shelf, const catalog::Catalog& current);

  // 0: the current one, whose end is Instant::max(); nothing when there is none further back, and none at all unless
  // the log's newest era is the catalog's. The address holds.
  const Era* back(std::size_t steps);

 private:
  const log::Log& log_;
  Shelf& shelf_;
  const catalog::Catalog& current_;
  std::vector<log::LoggedCatalog> records_;  // of those that plan; the oldest first; read ones are taken away
  std::deque<Era> eras_;
};

}  // namespace linkaudit::run
