#include "audit/run/era_change.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "audit/log/fires.h"
#include "audit/log/read.h"
#include "audit/run/planner.h"
#include "audit/run/waivers.h"

namespace linkaudit::run {
namespace {

constexpr std::size_t kGapsAtOnce = 10'000;  // gaps in one transaction; planning again finds those that are there

void append(const catalog::Catalog& catalog, log::Log& log, Instant now, log::CatalogRecord record,
            std::vector<log::NewEntry> before) {
  record.sha256 = catalog.version;
  before.emplace_back(std::move(record));
  const std::vector<log::Blob> blobs = {{catalog.version, catalog.canonical_text, "catalog"}};
  log.append(before, now, blobs);
}

// The newest era of real or of simulated catalogs.
struct Newest {
  log::CatalogRecord record;
  std::shared_ptr<const catalog::Catalog> catalog;  // nothing when it is the catalog asked for
};

std::optional<Newest> newest_era(const catalog::Catalog& catalog, const log::Log& log, Shelf& shelf,
                                 const std::vector<log::LoggedCatalog>& logged) {
  for (auto row = logged.rbegin(); row != logged.rend(); ++row) {
    if (row->record.schedules.empty()) continue;
    if (row->record.sha256 == catalog.version) return Newest{row->record, nullptr};
    auto other = shelf.catalog(log, row->record.sha256);
    if (other && other->simulated == catalog.simulated) return Newest{row->record, std::move(other)};
  }
  return std::nullopt;
}

}  // namespace

void begin_era(const catalog::Catalog& catalog, log::Log& log, Shelf& shelf, probes::Instant now) {
  const auto newest = newest_era(catalog, log, shelf, log::catalogs(log));
  if (newest && !newest->catalog) return record_catalog(catalog, log, now);
  log::CatalogRecord record;
  record.at = now;
  for (const catalog::ScheduleEntry& schedule : catalog.schedules) record.schedules.push_back(schedule.id);
  if (record.schedules.empty()) record.schedules.emplace_back(kNoSchedules);
  std::vector<log::NewEntry> entries = waiver_entries(catalog, log, now);
  if (newest) {
    record.at = std::max(record.at, newest->record.at);
    for (const auto& [schedule, fire] : log::newest_fires(log, catalog.simulated)) {
      record.at = std::max(record.at, fire);
    }
    const Plan given_up = Planner(*newest->catalog, log, shelf).given_up(catalog, record.at);
    given_up.for_each_gap(*newest->catalog, [&](log::Gap gap) {
      entries.emplace_back(std::move(gap));
      if (entries.size() < kGapsAtOnce) return;
      log.append(entries, now);
      entries.clear();
    });
  }
  append(catalog, log, now, std::move(record), std::move(entries));
}

void record_catalog(const catalog::Catalog& catalog, log::Log& log, probes::Instant now) {
  std::vector<log::NewEntry> waivers = waiver_entries(catalog, log, now);
  const std::vector<log::LoggedCatalog> known = log::catalogs(log);
  if (!known.empty() && known.back().record.sha256 == catalog.version) {
    log.append(waivers, now);
    return;
  }
  log::CatalogRecord record;
  record.at = now;
  append(catalog, log, now, std::move(record), std::move(waivers));
}

}  // namespace linkaudit::run
