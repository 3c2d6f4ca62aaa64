#include "audit/run/eras.h"

#include <algorithm>

#include "audit/catalog/load.h"

namespace linkaudit::run {

std::shared_ptr<const catalog::Catalog> Shelf::catalog(const log::Log& log, const std::string& sha256) {
  const auto [place, is_new] = catalogs_.try_emplace(sha256);
  if (!is_new) return place->second;
  if (const auto text = log.blob(sha256)) {
    auto loaded = catalog::load(std::vector<catalog::Source>{{sha256, *text}}, false,
                                catalog::Purpose::recalling);
    if (loaded) place->second = std::make_shared<const catalog::Catalog>(std::move(*loaded));
  }
  return place->second;
}

Eras::Eras(const log::Log& log, Shelf& shelf, const catalog::Catalog& current)
    : log_(log), shelf_(shelf), current_(current), records_(log::catalogs(log)) {
  std::erase_if(records_, [](const log::LoggedCatalog& row) { return row.record.schedules.empty(); });
}

const Era* Eras::back(std::size_t steps) {
  while (eras_.size() <= steps && !records_.empty()) {
    const log::CatalogRecord record = std::move(records_.back().record);
    records_.pop_back();
    const bool is_current = record.sha256 == current_.version;
    const auto catalog = is_current ? std::shared_ptr<const catalog::Catalog>(std::shared_ptr<void>(), &current_)
                                    : shelf_.catalog(log_, record.sha256);
    if (!catalog || catalog->simulated != current_.simulated) continue;
    if (eras_.empty() && !is_current) {
      records_.clear();
      break;
    }
    const probes::Instant end = eras_.empty() ? probes::Instant::max() : eras_.back().begin;
    eras_.push_back({std::min(record.at, end), end, catalog});
  }
  return steps < eras_.size() ? &eras_[steps] : nullptr;
}

}  // namespace linkaudit::run
