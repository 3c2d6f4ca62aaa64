#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <set>

#include "audit/query/catalog_differences.h"
#include "audit/query/diff.h"
#include "audit/query/finding_key.h"
#include "audit/query/read_otherwise.h"

namespace linkaudit::query {
namespace {

using Findings = std::vector<law::Finding>;

std::vector<Reason> operator+(std::vector<Reason> left, std::vector<Reason> right) {
  left.insert(left.end(), std::make_move_iterator(right.begin()), std::make_move_iterator(right.end()));
  return left;
}

// One part of the two catalogs: what is found when it alone is of the later, and how it is named.
struct Part {
  Findings findings;
  std::function<std::vector<Reason>(const Change&)> reasons;
};

class CatalogDiff {
 public:
  CatalogDiff(const law::Policy& from, const law::Policy& to, const log::Log& log, const log::Horizon& horizon,
              const std::vector<ReadTwice>& rules)
      : from_(from), to_(to), as_of_(horizon.as_of), rules_(rules) {
    const Spans facts = spans_at(log, horizon);
    facts_from_ = read_otherwise(log, horizon, facts, rules, &ReadTwice::from);
    facts_to_ = read_otherwise(log, horizon, facts, rules, &ReadTwice::to);
  }

  Diff changes() {
    const Findings before = law::judge(from_, facts_from_.list(), as_of_),
                   after = law::judge(to_, facts_to_.list(), as_of_);
    Diff found = met_by_facts(pair(before, after));
    if (found.changes.empty()) return found;
    try_parts();
    for (Change& change : found.changes) change.cause = Cause::rule;
    explain(found.changes);
    return found;
  }

 private:
  static std::vector<Change> pair(const Findings& before, const Findings& after) {
    const FindingsByKey earlier(before), later(after);
    std::vector<Change> found;
    for (const law::Finding& is : after) {
      const law::Finding* was = earlier.find(is);
      if (was == nullptr) found.push_back({kind_of({}, is), {}, is, true, false});
      if (was != nullptr && !same_verdict(*was, is)) found.push_back({kind_of(*was, is), *was, is});
    }
    for (const law::Finding& was : before) {
      if (later.find(was) == nullptr) found.push_back({ChangeKind::other, was, {}, false, true});
    }
    return found;
  }

  void try_part(law::Policy policy, const Spans& facts, std::function<std::vector<Reason>(const Change&)> reasons) {
    parts_.push_back({law::judge(policy, facts.list(), as_of_), std::move(reasons)});
  }

  void try_parts() {
    if (from_.obligations != to_.obligations) {
      law::Policy mixed = from_;
      mixed.obligations = to_.obligations;
      try_part(std::move(mixed), facts_from_, [this](const Change& change) {
        return reason("obligation", change.shown().obligation, from_.obligations, to_.obligations);
      });
    }
    if (from_.waivers != to_.waivers) {
      law::Policy mixed = from_;
      mixed.waivers = to_.waivers;
      try_part(std::move(mixed), facts_from_, [this](const Change& change) { return waivers(change); });
    }
    if (from_.settings != to_.settings) {
      law::Policy mixed = from_;
      mixed.settings = to_.settings;
      try_part(std::move(mixed), facts_from_, [this](const Change&) -> std::vector<Reason> {
        return {{"judgement", "", "changed", differences(from_.settings, to_.settings)}};
      });
    }
    if (from_.platforms != to_.platforms || from_.contexts != to_.contexts) {
      law::Policy mixed = from_;
      mixed.platforms = to_.platforms;
      mixed.contexts = to_.contexts;
      try_part(std::move(mixed), facts_from_, [this](const Change& change) {
        return reason("platform", change.shown().platform, from_.platforms, to_.platforms) +
               reason("context", change.shown().context, from_.contexts, to_.contexts);
      });
    }
    if (!rules_.empty()) {
      try_part(from_, facts_to_, [this](const Change& change) { return rules(change); });
    }
  }

  std::vector<Reason> waivers(const Change& change) const {
    std::set<std::string> ids = {change.before.waiver, change.after.waiver};
    std::vector<Reason> found;
    for (const std::string& id : ids) found = found + reason("waiver", id, from_.waivers, to_.waivers);
    return found;
  }

  // Of the platform itself; where there are none, of those that it is compared with.
  std::vector<Reason> rules(const Change& change) const {
    const auto own = [&](const std::string& platform) { return platform == change.shown().platform; };
    std::vector<Reason> found = rules(change, own);
    if (found.empty()) found = rules(change, [&](const std::string& platform) { return !own(platform); });
    return found;
  }

  // Once for each pair of rules.
  std::vector<Reason> rules(const Change& change, const std::function<bool(const std::string&)>& wanted) const {
    const auto text = [](const probes::RuleReference& rule) {
      return rule.id.empty() ? std::string("-") : rule.id + " v" + std::to_string(rule.version);
    };
    std::vector<Reason> found;
    for (const auto& [entry, was, is] : rules_) {
      if (!wanted(was.platform) || was.context != change.shown().context) continue;
      Reason reason{"rule", is.rule.id.empty() ? was.rule.id : is.rule.id, "changed",
                    text(was.rule) + " -> " + text(is.rule)};
      if (std::find(found.begin(), found.end(), reason) == found.end()) found.push_back(std::move(reason));
    }
    return found;
  }

  // Those parts that alone make a finding another; when it takes several together, all that differ there.
  void explain(std::vector<Change>& found) const {
    std::vector<std::vector<Reason>> any(found.size());
    for (const Part& part : parts_) {
      const FindingsByKey by_key(part.findings);
      for (std::size_t index = 0; index < found.size(); ++index) {
        Change& change = found[index];
        std::vector<Reason> reasons = part.reasons(change);
        if (differs(change, by_key.find(change.shown()))) change.reasons = change.reasons + reasons;
        any[index] = any[index] + std::move(reasons);
      }
    }
    for (std::size_t index = 0; index < found.size(); ++index) {
      if (found[index].reasons.empty()) found[index].reasons = std::move(any[index]);
    }
  }

  static bool differs(const Change& change, const law::Finding* mixed) {
    if (change.is_new || mixed == nullptr) return change.is_new != (mixed == nullptr);
    return !same_verdict(change.before, *mixed);
  }

  const law::Policy& from_;
  const law::Policy& to_;
  Instant as_of_;
  const std::vector<ReadTwice>& rules_;
  Spans facts_from_, facts_to_;
  std::vector<Part> parts_;
};

}  // namespace

Diff diff_of_catalogs(const log::Log& log, const catalog::Catalog& from, const catalog::Catalog& to,
                      const log::Horizon& horizon, const std::vector<ReadTwice>& rules) {
  const law::Policy before = catalog::policy_of(from), after = catalog::policy_of(to);
  return CatalogDiff(before, after, log, horizon, rules).changes();
}

}  // namespace linkaudit::query
