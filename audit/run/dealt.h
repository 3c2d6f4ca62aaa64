// For each cell of a catalog the newest planned fire of a schedule that was dealt with.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/log.h"

namespace linkaudit::run {

// The cells of a catalog by number. The catalog must outlive it.
class CellNumbers {
 public:
  explicit CellNumbers(const catalog::Catalog& catalog);

  std::size_t of(const probes::Target& cell) const {
    return links_.at(cell.link) * contexts_.size() + contexts_.at(cell.context);
  }
  std::optional<std::size_t> of(std::string_view link, std::string_view context) const;
  std::size_t size() const { return links_.size() * contexts_.size(); }

 private:
  absl::flat_hash_map<const probes::Link*, std::size_t> links_;
  absl::flat_hash_map<const probes::Context*, std::size_t> contexts_;
  absl::flat_hash_map<std::string_view, std::size_t> link_ids_, context_ids_;
};

class Dealt {
 public:
  Dealt(const CellNumbers& numbers, const log::Log& log, const std::string& schedule, bool simulated);

  // Nothing when none was.
  std::optional<probes::Instant> of(const probes::Target& cell) const;

 private:
  const CellNumbers& numbers_;
  std::vector<probes::Instant> newest_;  // min() for none
};

}  // namespace linkaudit::run
