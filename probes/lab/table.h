// The lab's table of behaviours: host app x context x platform x date, and what an audit must make of each row.
#pragma once

#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/lab/behaviour.h"
#include "probes/outcome.h"

namespace linkaudit::probes {

// One row. An empty host, context or platform stands for all of them (the plain browser is the host "browser"); a row
// with a context is the host app's doing or direct.
struct LabRow {
  std::string host;      // "wechat"
  std::string context;   // "wechat/group"
  std::string platform;  // "taobao"
  std::string from;      // YYYY-MM-DD: the first day on which it holds
  Behaviour behaviour = Behaviour::direct;
  Outcome outcome = Outcome::direct;  // expected of an audit
  Blame blame = Blame::none;

  bool operator==(const LabRow&) const = default;
};

// The lab's own table: the dated steps of 2021 to 2023 as the press told them, and beside them, on links that no
// press test was about, one of each thing that can go wrong. A simulation; it accuses nobody.
std::vector<LabRow> default_rows();

// The rows as they hold on one day. Safe to share between threads.
class LabTable {
 public:
  // `date` YYYY-MM-DD, "": the newest of each. Throws std::invalid_argument for a row that contradicts LabRow.
  LabTable(std::vector<LabRow> rows, std::string date);

  // The row that decides about a cell: the one that names most of platform, host app and context, in this order, and
  // of those the newest. `context` may be "" (unknown): then only rows for all contexts count. Nothing: `direct`.
  std::optional<LabRow> in_force(std::string_view host, std::string_view context, std::string_view platform) const;

  // Adds a row, or replaces the one of the same host, context, platform and day.
  void set(LabRow row);

  std::vector<LabRow> rows() const;

 private:
  mutable std::shared_mutex mutex_;
  std::vector<LabRow> rows_;
  const std::string date_;
};

}  // namespace linkaudit::probes
