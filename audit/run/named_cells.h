// The cells of a schedule by their names, to find those of one catalog in another.
#pragma once

#include <string>
#include <unordered_set>

#include "audit/catalog/catalog.h"

namespace linkaudit::run {

class NamedCells {
 public:
  // None without a schedule.
  NamedCells(const catalog::Catalog& catalog, const catalog::ScheduleEntry* schedule) {
    if (schedule == nullptr) return;
    for (const probes::Target& cell : catalog::select(catalog, schedule->select)) names_.insert(name_of(cell));
  }
  bool has(const probes::Target& cell) const { return names_.contains(name_of(cell)); }

 private:
  static std::string name_of(const probes::Target& cell) { return cell.link->id + ' ' + cell.context->id; }
  std::unordered_set<std::string> names_;
};

}  // namespace linkaudit::run
