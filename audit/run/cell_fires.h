// The fires of one schedule at its cells, over eras. Cells that have the same share one list.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/law/policy.h"
#include "audit/run/eras.h"
#include "schedules/cron.h"

namespace linkaudit::run {

class CellFires {
 public:
  explicit CellFires(std::string schedule) : schedule_(std::move(schedule)) {}

  // The era's fires in (from, until], as far as they lie in it. Called from the oldest era to the newest, before the
  // first question. The era must outlive this.
  void add(const Era& era, probes::Instant from, probes::Instant until);

  // The place in lists() of the cell's fires, ascending, none twice.
  std::size_t list_of(const probes::Target& cell);
  const std::vector<std::vector<probes::Instant>>& lists() const { return lists_; }

 private:
  struct Near {  // denser fires around one obligation's date
    const law::Obligation* obligation = nullptr;
    std::vector<probes::Instant> fires;
  };
  struct Part {
    std::vector<probes::Instant> base;
    std::vector<Near> near;
    law::Policy policy;  // when there is something near
    std::map<std::string, const law::JudgedContext*> contexts;
    std::map<std::string, const law::JudgedPlatform*> platforms;
  };

  void add_near(const Era& era, const catalog::ScheduleEntry& entry, const schedules::Zone& zone, probes::Instant from,
                probes::Instant until, Part& part) const;
  static bool in_scope(const Part& part, const Near& near, const probes::Target& cell);
  std::size_t made(const std::string& key);

  std::string schedule_;
  std::vector<std::unique_ptr<Part>> parts_;  // of the eras, the oldest first
  bool any_near_ = false;
  std::map<std::string, std::size_t> places_;  // by which near fires of which era a cell has
  std::vector<std::vector<probes::Instant>> lists_;
};

// The schedule of this id; nothing when the catalog has none.
const catalog::ScheduleEntry* find_schedule(const catalog::Catalog& catalog, const std::string& id);

// How much later than its fire the schedule looks at the cell; `key` is room for its name.
std::chrono::seconds spread_of(const catalog::ScheduleEntry& schedule, const probes::Target& cell, std::string& key);

// A schedule's expression and zone, which the catalog has checked.
struct Timetable {
  schedules::Cron cron;
  schedules::Zone zone;
};
Timetable timetable_of(const std::string& cron, const std::string& zone);

}  // namespace linkaudit::run
