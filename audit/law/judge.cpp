#include "audit/law/judge.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

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
  Links bound, waived;
  const Waiver* waiver = nullptr;  // the first that covers any of them

  void add(const LinkState* state, const Waiver* exempting) {
    ++links;
    if (exempting != nullptr) ++waived_links;
    if (waiver == nullptr) waiver = exempting;
    if (state != nullptr) (exempting != nullptr ? waived : bound).push_back(state);
  }

  // Where all links are waived the pair is exempt; where some are, the others decide and the waiver is named.
  bool exempt() const { return waiver != nullptr && waived_links == links; }
};

class Judge {
 public:
  Judge(const Policy& policy, Instant as_of, Detail detail)
      : policy_(policy), as_of_(as_of), detail_(detail), waivers_(waivers_in_force(policy.waivers, as_of)) {
    for (const Obligation& obligation : policy.obligations) clauses_.emplace_back(obligation);
    grids_.resize(clauses_.size(), Grid(policy.platforms.size()));
  }

  // `spans`: of these platforms in the context, all that is compared with one another among them. Contexts in the
  // policy's order.
  void add(std::size_t context, const std::vector<std::size_t>& platforms, std::span<const PlacedSpan> spans) {
    const Histories histories(policy_, spans, as_of_);
    for (std::size_t number = 0; number < clauses_.size(); ++number) {
      const Clause clause = clauses_[number].in(policy_.contexts[context]);
      const States states(policy_, histories, clause, context, as_of_);
      for (const std::size_t platform : platforms) {
        if (auto finding = judged(clause, states, platform, context)) {
          grids_[number][platform].push_back(std::move(*finding));
        }
      }
    }
  }

  std::vector<Finding> take_findings() {
    std::vector<Finding> findings;
    for (std::size_t number = 0; number < clauses_.size(); ++number) {
      const std::size_t before = findings.size();
      for (auto& of_platform : grids_[number]) {
        findings.insert(findings.end(), std::make_move_iterator(of_platform.begin()),
                        std::make_move_iterator(of_platform.end()));
      }
      if (findings.size() == before) findings.push_back(unchecked(clauses_[number]));
    }
    return findings;
  }

 private:
  using Grid = std::vector<std::vector<Finding>>;  // by platform, then context

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
    Finding finding = law::finding_of(pair.exempt() ? pair.waived : pair.bound, clause, as_of_, detail_);
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
  Detail detail_;
  std::vector<const Waiver*> waivers_;
  std::vector<Clause> clauses_;
  std::vector<Grid> grids_;  // by clause
};

// Platforms of one category, by their places: they are compared with one another, and with no others.
std::vector<std::vector<std::size_t>> categories_of(const Policy& policy) {
  std::map<std::string_view, std::vector<std::size_t>> categories;
  for (std::size_t place = 0; place < policy.platforms.size(); ++place) {
    categories[policy.platforms[place].category].push_back(place);
  }
  std::vector<std::vector<std::size_t>> places;
  for (auto& [category, platforms] : categories) places.push_back(std::move(platforms));
  return places;
}

std::vector<PlacedSpan> of_platforms(const std::vector<PlacedSpan>& spans, const std::vector<std::size_t>& platforms) {
  std::vector<PlacedSpan> found;
  std::copy_if(spans.begin(), spans.end(), std::back_inserter(found), [&](const PlacedSpan& span) {
    return std::binary_search(platforms.begin(), platforms.end(), span.platform);
  });
  return found;
}

}  // namespace

// A context and a category at a time: the histories are the largest thing that judging makes.
std::vector<Finding> judge(const Policy& policy, std::span<const Span> spans, Instant as_of, Detail detail) {
  Judge judge(policy, as_of, detail);
  const auto placed = placed_by_context(policy, spans, as_of);
  const auto categories = categories_of(policy);
  for (std::size_t context = 0; context < placed.size(); ++context) {
    for (const auto& platforms : categories) judge.add(context, platforms, of_platforms(placed[context], platforms));
  }
  return judge.take_findings();
}

}  // namespace linkaudit::law
