#include <algorithm>

#include "audit/law/as_it_stood.h"
#include "audit/query/diff.h"
#include "audit/query/finding_key.h"
#include "audit/query/readings.h"

namespace linkaudit::query {
namespace {

// A clause that began or ended, or waivers that did.
std::vector<Reason> reasons(const Change& change) {
  using law::Status;
  std::vector<Reason> found;
  const bool was_due = change.before.status != Status::not_due && change.before.would_be != Status::not_due;
  const bool is_due = change.after.status != Status::not_due && change.after.would_be != Status::not_due;
  if (was_due != is_due) found.push_back({"obligation", change.after.obligation, is_due ? "begun" : "ended", ""});
  const std::string &waived = change.before.waiver, &waives = change.after.waiver;
  if (waived == waives) return found;
  if (!waived.empty()) found.push_back({"waiver", waived, "ended", ""});
  if (!waives.empty()) found.push_back({"waiver", waives, "begun", ""});
  return found;
}

// Before its time a clause says the same of whatever is seen.
bool same_world(const law::Finding& before, const law::Finding& by_old_law) {
  if (before.status == law::Status::not_due && before.outcome != by_old_law.outcome) return false;
  return same_verdict(before, by_old_law);
}

bool nothing_new_seen(const law::Finding& before, const law::Finding& after) {
  return std::includes(before.entries.begin(), before.entries.end(), after.entries.begin(), after.entries.end());
}

void explain(Change& change, const law::Finding& by_old_law, const log::Log& log) {
  bool world = !same_world(change.before, by_old_law), rule = !same_verdict(by_old_law, change.after);
  change.reasons = reasons(change);
  if (world && change.after.stale && nothing_new_seen(change.before, change.after)) {
    change.cause = rule ? Cause::rule : Cause::age;
    return;
  }
  if (world) {
    const RuleChange read = rule_change(log, change.before, change.after);
    if (read.reason) change.reasons.push_back(*read.reason);
    world = read.how != ReadOtherwise::same_page;
    rule = rule || read.how != ReadOtherwise::no;
  }
  change.cause = world && rule ? Cause::both : rule ? Cause::rule : Cause::world;
}

}  // namespace

Diff met_by_facts(std::vector<Change> changes) {
  const auto unseen = [](const Change& change) { return !change.before.outcome && !change.after.outcome; };
  Diff found;
  found.unseen = static_cast<std::int64_t>(std::erase_if(changes, unseen));
  found.changes = std::move(changes);
  return found;
}

Diff diff_of_instants(const log::Log& log, const catalog::Catalog& catalog, Instant from, Instant to,
                      std::optional<std::int64_t> known_entry) {
  return diff_from(log, catalog, from, look(log, catalog, to, known_entry));
}

Diff diff_from(const log::Log& log, const catalog::Catalog& catalog, Instant from, const View& later) {
  const Instant to = later.horizon.as_of;
  const auto known_entry = later.horizon.known_entry;
  law::Policy policy = catalog::policy_of(catalog);
  if (known_entry) policy.waivers = waivers_known(log, later.horizon);
  Diff found = met_by_facts(
      changes(law::judge(policy, spans_at(log, horizon_of(catalog, from, known_entry)).list(), from), later.findings));
  if (found.changes.empty()) return found;
  const law::Policy old_policy = law::as_it_stood(policy, from);
  // Mostly no clause or waiver began or ended meanwhile: then both laws say the same.
  const bool same_law = old_policy == policy;
  const std::vector<law::Finding> judged_anew =
      same_law ? std::vector<law::Finding>() : law::judge(old_policy, spans_at(log, later.horizon).list(), to);
  const FindingsByKey old_law(same_law ? later.findings : judged_anew);
  for (Change& change : found.changes) {
    explain(change, *old_law.find(change.after), log);
  }
  return found;
}

}  // namespace linkaudit::query
