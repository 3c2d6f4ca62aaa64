#include "audit/law/question.h"

#include <algorithm>

#include "audit/law/scope.h"

namespace linkaudit::law {
namespace {

// Outside its time a clause asks nothing: what was seen is shown, and nothing is said of it.
Finding not_due(Finding finding) {
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

}  // namespace

Question::InScope::InScope(const Clause& clause, const Asking& asking)
    : bound(clause, asking.as_of, asking.detail), waived(clause, asking.as_of, asking.detail) {}

Question::Question(const Asking& asking, const Clause& clause, std::size_t context,
                   const std::vector<std::size_t>& platforms)
    : asking_(asking), clause_(clause.in(asking.policy.contexts[context])), context_(context), platforms_(platforms) {
  for (const std::size_t platform : platforms) pairs_.push_back(in_scope(asking.policy.platforms[platform]));
  const bool any = std::any_of(pairs_.begin(), pairs_.end(), [](const auto& pair) { return pair.has_value(); });
  if (any && !clause_.obligation->requires_.parity.empty()) alike_.emplace(asking.policy, clause_, this->context());
}

bool Question::is_in_scope(const JudgedPlatform& platform, const std::string& link) const {
  return obliges(clause_.obligation->scope, context(), platform, link);
}

const Waiver* Question::waiver_of(const JudgedPlatform& platform, const std::string& link) const {
  return waiver_for(asking_.waivers, clause_.obligation->id, context(), platform, link);
}

std::optional<Question::InScope> Question::in_scope(const JudgedPlatform& platform) const {
  InScope pair(clause_, asking_);
  if (platform.links.empty()) {
    if (!is_in_scope(platform, "")) return std::nullopt;
    pair.waiver = waiver_of(platform, "");
    return pair;
  }
  for (const std::string& link : platform.links) {
    if (!is_in_scope(platform, link)) continue;
    ++pair.links;
    const Waiver* waiver = waiver_of(platform, link);
    if (waiver != nullptr) ++pair.waived_links;
    if (pair.waiver == nullptr) pair.waiver = waiver;
  }
  return pair.links > 0 ? std::optional(std::move(pair)) : std::nullopt;
}

void Question::tell(const Histories& histories) {
  alike_->add(histories, asking_.as_of);
}

void Question::told() {
  alike_->finish();
}

bool Question::asks_about(const Histories& histories, std::size_t platform) const {
  return pairs_[platform] && !histories.of(platforms_[platform]).empty();
}

void Question::answer(const Histories& histories) {
  std::optional<States> states;
  for (std::size_t place = 0; place < platforms_.size(); ++place) {
    if (!asks_about(histories, place)) continue;
    if (!states) states.emplace(asking_.policy, histories, clause_, alike_ ? &*alike_ : nullptr);
    const JudgedPlatform& platform = asking_.policy.platforms[platforms_[place]];
    for (const auto& [at, state] : states->of(platforms_[place])) {
      const std::string& link = platform.links[at];
      if (!is_in_scope(platform, link)) continue;
      InScope& pair = *pairs_[place];
      (waiver_of(platform, link) != nullptr ? pair.waived : pair.bound).add(*state);
    }
  }
}

std::optional<Finding> Question::take_finding(std::size_t platform) {
  const auto place = std::find(platforms_.begin(), platforms_.end(), platform) - platforms_.begin();
  std::optional<InScope>& pair = pairs_[static_cast<std::size_t>(place)];
  if (!pair) return std::nullopt;
  Finding finding = (pair->exempt() ? pair->waived : pair->bound).take_finding();
  finding.links = pair->links;
  if (!clause_.in_force(asking_.as_of)) finding = not_due(std::move(finding));
  finding.obligation = clause_.obligation->id;
  finding.platform = asking_.policy.platforms[platform].id;
  finding.context = context().id;
  if (pair->waiver != nullptr) finding.waiver = pair->waiver->id;
  if (!pair->exempt()) return finding;
  finding.would_be = finding.status;
  finding.status = Status::exempt;
  finding.days_overdue = finding.unmeasured_days = std::nullopt;
  return finding;
}

}  // namespace linkaudit::law
