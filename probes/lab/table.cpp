#include "probes/lab/table.h"

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <tuple>

namespace linkaudit::probes {
namespace {

bool fits(const std::string& wanted, std::string_view given) {
  return wanted.empty() || wanted == given;
}

// How much a row names, and since when.
auto rank(const LabRow& row) {
  return std::make_tuple(!row.platform.empty(), !row.host.empty(), !row.context.empty(), std::string_view(row.from));
}

void check(const LabRow& row) {
  const bool own = row.behaviour == Behaviour::direct || is_the_host_apps(row.behaviour);
  if (!row.context.empty() && (!own || row.host.empty() || !row.context.starts_with(row.host + "/"))) {
    throw std::invalid_argument("lab: " + row.context + " " + row.platform + ": only its host app knows a context");
  }
}

}  // namespace

LabTable::LabTable(std::vector<LabRow> rows, std::string date) : rows_(std::move(rows)), date_(std::move(date)) {
  std::ranges::for_each(rows_, check);
}

std::optional<LabRow> LabTable::in_force(std::string_view host, std::string_view context,
                                         std::string_view platform) const {
  const std::shared_lock lock(mutex_);
  const LabRow* best = nullptr;
  for (const LabRow& row : rows_) {
    if (!date_.empty() && row.from > date_) continue;
    if (!fits(row.host, host) || !fits(row.context, context) || !fits(row.platform, platform)) continue;
    if (best == nullptr || rank(row) >= rank(*best)) best = &row;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

void LabTable::set(LabRow row) {
  check(row);
  const std::unique_lock lock(mutex_);
  const auto same = std::ranges::find_if(rows_, [&](const LabRow& other) {
    return std::tie(other.host, other.context, other.platform, other.from) ==
           std::tie(row.host, row.context, row.platform, row.from);
  });
  if (same != rows_.end())
    *same = std::move(row);
  else
    rows_.push_back(std::move(row));
}

std::vector<LabRow> LabTable::rows() const {
  const std::shared_lock lock(mutex_);
  return rows_;
}

}  // namespace linkaudit::probes
