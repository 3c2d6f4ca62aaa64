#include "audit/query/changes.h"

#include <map>
#include <tuple>

namespace linkaudit::query {

ChangeKind kind_of(const law::Finding& before, const law::Finding& after) {
  using law::Status;
  if (after.status == Status::breached) return after.relapsed ? ChangeKind::relapsed : ChangeKind::breached;
  if (before.status == Status::breached && after.status == Status::met) return ChangeKind::cured;
  const bool was_known = before.status == Status::met || before.status == Status::breached;
  if (was_known && after.status == Status::undetermined) return ChangeKind::unmeasured;
  if (before.status == Status::undetermined && after.status == Status::met) return ChangeKind::measured;
  return ChangeKind::other;
}

std::string_view name(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::breached: return "breached";
    case ChangeKind::relapsed: return "relapsed";
    case ChangeKind::cured: return "cured";
    case ChangeKind::unmeasured: return "unmeasured";
    case ChangeKind::measured: return "measured";
    case ChangeKind::other: return "other";
  }
  return {};
}

std::string_view name(Cause cause) {
  switch (cause) {
    case Cause::world: return "world";
    case Cause::rule: return "rule";
    case Cause::both: return "both";
    case Cause::age: return "age";
  }
  return {};
}

std::vector<Change> changes(const std::vector<law::Finding>& before, const std::vector<law::Finding>& after) {
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
  std::map<Key, const law::Finding*> earlier;
  for (const law::Finding& finding : before) {
    earlier[{finding.obligation, finding.platform, finding.context}] = &finding;
  }
  std::vector<Change> found;
  for (const law::Finding& finding : after) {
    const auto match = earlier.find({finding.obligation, finding.platform, finding.context});
    if (match == earlier.end() || match->second->status == finding.status) continue;
    found.push_back({kind_of(*match->second, finding), *match->second, finding});
  }
  return found;
}

}  // namespace linkaudit::query
