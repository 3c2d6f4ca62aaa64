#include "audit/law/judge.h"

#include "audit/law/histories.h"
#include "audit/law/pair.h"
#include "audit/law/scope.h"
#include "audit/law/states.h"
#include "audit/law/waivers.h"

namespace linkaudit::law {
namespace {

// The links of one platform in one context that a clause speaks of.
struct Pair {
  int links = 0, waived_links = 0;  // measured or not
  std::vector<LinkState> bound, waived;
  const Waiver* waiver = nullptr;  // the first that covers any of them

  void add(const LinkState* state, const Waiver* exempting) {
    ++links;
    if (exempting != nullptr) ++waived_links;
    if (waiver == nullptr) waiver = exempting;
    if (state != nullptr) (exempting != nullptr ? waived : bound).push_back(*state);
  }

  // Where all links are waived the pair is exempt; where some are, the others decide and the waiver is named.
  bool exempt() const { return waiver != nullptr && waived_links == links; }
};

class Judge {
 public:
  Judge(const Policy& policy, std::span<const Span> spans, Instant as_of)
      : policy_(policy),
        as_of_(as_of),
        histories_(policy, spans, as_of),
        waivers_(waivers_in_force(policy.waivers, as_of)) {}

  std::vector<Finding> findings() const {
    std::vector<Finding> findings;
    for (const Obligation& obligation : policy_.obligations) {
      const Clause clause(obligation);
      const std::size_t before = findings.size();
      for (auto& of_platform : judged(clause)) {
        for (auto& finding : of_platform) {
          if (finding) findings.push_back(std::move(*finding));
        }
      }
      if (findings.size() == before) findings.push_back(unchecked(clause));
    }
    return findings;
  }

 private:
  using Grid = std::vector<std::vector<std::optional<Finding>>>;  // by platform, then context

  Grid judged(const Clause& anywhere) const {
    Grid grid(policy_.platforms.size());
    for (std::size_t context = 0; context < policy_.contexts.size(); ++context) {
      const Clause clause = anywhere.in(policy_.contexts[context]);
      const States states(policy_, histories_, clause, context, as_of_);
      for (std::size_t platform = 0; platform < policy_.platforms.size(); ++platform) {
        grid[platform].push_back(judged(clause, states, platform, context));
      }
    }
    return grid;
  }

  // A clause of whose scope the policy has nothing still counts.
  Finding unchecked(const Clause& clause) const {
    Finding finding;
    finding.obligation = clause.obligation->id;
    if (!clause.in_force(as_of_)) finding.status = Status::not_due;
    return finding;
  }

  // Nothing when the pair is outside the scope.
  std::optional<Finding> judged(const Clause& clause, const States& states, std::size_t platform_at,
                                std::size_t context_at) const {
    const JudgedPlatform& platform = policy_.platforms[platform_at];
    const JudgedContext& context = policy_.contexts[context_at];
    const Scope& scope = clause.obligation->scope;
    Pair pair;
    if (platform.links.empty()) {
      if (!obliges(scope, context, platform, "")) return std::nullopt;
      pair.waiver = waiver_for(waivers_, clause.obligation->id, context, platform, "");
    }
    for (std::size_t place = 0; place < platform.links.size(); ++place) {
      const std::string& link = platform.links[place];
      if (!obliges(scope, context, platform, link)) continue;
      pair.add(states.of(platform_at, place), waiver_for(waivers_, clause.obligation->id, context, platform, link));
    }
    if (!platform.links.empty() && pair.links == 0) return std::nullopt;

    Finding finding = finding_of(pair, clause);
    finding.obligation = clause.obligation->id;
    finding.platform = platform.id;
    finding.context = context.id;
    return finding;
  }

  Finding finding_of(const Pair& pair, const Clause& clause) const {
    Finding finding = law::finding_of(pair.exempt() ? pair.waived : pair.bound, clause, as_of_);
    finding.links = pair.links;
    if (!clause.in_force(as_of_)) finding = not_due(std::move(finding));
    if (pair.waiver != nullptr) finding.waiver = pair.waiver->id;
    if (!pair.exempt()) return finding;
    finding.would_be = finding.status;
    finding.status = Status::exempt;
    finding.days_overdue = finding.unmeasured_days = std::nullopt;
    return finding;
  }

  // Outside its time a clause asks nothing: what was seen is shown, and nothing is said of it.
  static Finding not_due(Finding finding) {
    finding.status = Status::not_due;
    finding.would_be.reset();
    finding.confidence.reset();
    finding.days_overdue = finding.unmeasured_days = std::nullopt;
    finding.cured_on.reset();
    finding.relapsed = false;
    finding.contradicted_by.reset();
    finding.breached_links.clear();
    finding.compared_with.clear();
    return finding;
  }

  const Policy& policy_;
  Instant as_of_;
  Histories histories_;
  std::vector<const Waiver*> waivers_;
};

}  // namespace

std::vector<Finding> judge(const Policy& policy, std::span<const Span> spans, Instant as_of) {
  return Judge(policy, spans, as_of).findings();
}

}  // namespace linkaudit::law
