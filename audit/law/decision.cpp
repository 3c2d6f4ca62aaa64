#include "audit/law/decision.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "audit/law/severity.h"

namespace linkaudit::law {
namespace {

// Ascending, each once. `entries` may hold many of them twice.
std::vector<std::int64_t> each_once(std::vector<std::int64_t> entries) {
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  entries.shrink_to_fit();
  return entries;
}

}  // namespace

Weight weight_of(const LinkState& link) {
  if (link.is(Status::breached)) return Weight::breached;
  if (link.history->disputed()) return Weight::disputed;
  if (link.uncured) return Weight::uncured;
  if (!link.history->is_fresh()) return Weight::stale;
  return link.is(Status::met) ? Weight::met : Weight::fresh;
}

void Shown::offer(const LinkState& link) {
  if (word_ != nullptr && severity(link.word().outcome) <= severity(word_->outcome)) return;
  word_ = &link.word();
  blame_ = link.blame;
  soft_ = link.now().soft;
}

void Shown::write(Finding& finding) const {
  finding.outcome = word_->outcome;
  finding.steps = word_->steps;
  finding.presentation = word_->presentation;
  finding.tier = word_->tier;
  finding.blame = blame_;
  finding.soft = soft_;
}

bool goes_before(const Contradiction& left, const Contradiction& right) {
  return std::tie(left.tier, left.since, left.entry) < std::tie(right.tier, right.since, right.entry);
}

void Decision::begin(Weight weight) {
  Decision next(*clause_, as_of_);
  next.weight_ = weight;
  *this = std::move(next);
}

void Decision::add(const LinkState& link, const std::optional<Contradiction>& contradicted) {
  const Weight weight = weight_of(link);
  if (weight < weight_) return;
  if (weight > weight_) begin(weight);
  shown_.offer(link);
  if (clause_->can_confirm(link.now().tier)) sure_.offer(link);
  any_stale_ = any_stale_ || !link.history->is_fresh();
  since_ = std::min(since_.value_or(link.begin.since), link.begin.since);
  last_ = std::max(last_.value_or(link.last()), link.last());
  if (link.verdict.would_be && would_be_ != Status::breached) would_be_ = link.verdict.would_be;
  if (contradicted && (!contradicted_ || goes_before(*contradicted, *contradicted_))) contradicted_ = contradicted;
  if (weight == Weight::breached) add_breach(link);
  if (weight == Weight::met && link.cured_at) {
    const Date day = date_at(*link.cured_at, clause_->obligation->zone);
    cured_on_ = std::max(cured_on_.value_or(day), day);
  }
  add_compared(link);
  add_entries(link);
}

void Decision::add_breach(const LinkState& link) {
  breached_links_.emplace_back(link.history->link);
  relapsed_ = relapsed_ || link.met_in_force;
  const Date from = overdue_from(link, *clause_);
  overdue_from_ = std::min(overdue_from_.value_or(from), from);
  watched_.add(link, as_of_);
}

// Links of one platform are compared with one list.
void Decision::add_compared(const LinkState& link) {
  if (link.compared == nullptr || !compared_seen_.insert(link.compared.get()).second) return;
  compared_lists_.push_back(link.compared);
  for (const Compared& other : *link.compared) {
    entries_.insert(entries_.end(), other.entries.begin(), other.entries.end());
    const auto [known, fresh] = compared_.emplace(other.platform, other.treatment);
    if (fresh) {
      compared_order_.push_back(other.platform);
    } else {
      known->second.join(other.treatment);
    }
  }
}

void Decision::add_entries(const LinkState& link) {
  entries_.push_back(link.begin.entry);
  if (link.word().last_entry != link.begin.entry) entries_.push_back(link.word().last_entry);
  if (!disputed()) return;
  for (const WordAt& word : link.history->fresh) {
    if (word.run->span->tier == link.now().tier) entries_.push_back(word.run->span->last_entry);
  }
}

void Decision::write_breach(Finding& finding) {
  const std::string& zone = clause_->obligation->zone;
  finding.breached_links = std::move(breached_links_);
  finding.relapsed = relapsed_;
  finding.confidence = sure_.empty() ? Confidence::suspected : Confidence::confirmed;
  finding.days_overdue = days_between(*overdue_from_, date_at(as_of_, zone));
  finding.unmeasured_days = watched_.days_without(*overdue_from_, as_of_, zone);
}

// A breach shows one of the links that it rests on, the confirmed before the suspected: never a refusal by somebody who
// is not bound. Of a dispute or of stale links, the worst of what was last known; else of the fresh links the worst,
// whatever decided.
void Decision::write_to(Finding& finding, const Shown& fresh) {
  const bool breached = weight_ == Weight::breached;
  finding.disputed = disputed();
  finding.stale = stale();
  finding.status = breached ? Status::breached : weight_ == Weight::met ? Status::met : Status::undetermined;
  const Shown& of_deciding = breached && !sure_.empty() ? sure_ : shown_;
  (breached || disputed() || stale() ? of_deciding : fresh).write(finding);
  finding.since = since_;
  finding.last = last_;
  if (breached) write_breach(finding);
  if (weight_ == Weight::met) {
    finding.confidence = Confidence::confirmed;
    finding.cured_on = cured_on_;
  }
  const bool in_doubt = disputed() || stale();
  if (finding.status == Status::undetermined && !in_doubt) finding.would_be = would_be_;
  finding.contradicted_by = contradicted_;
  std::vector<std::string_view> order = compared_order_;  // the best treated first
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto& left, const auto& right) { return compared_.at(left) < compared_.at(right); });
  finding.compared_with.assign(order.begin(), order.end());
  finding.entries = each_once(std::move(entries_));
}

}  // namespace linkaudit::law
