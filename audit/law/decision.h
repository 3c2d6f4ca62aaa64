// Which of a pair's links decide its status. The links are added one after the other, and none is kept: a platform may
// have 100,000.
#pragma once

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "audit/law/link_state.h"
#include "audit/law/overdue.h"

namespace linkaudit::law {

// What a link brings to its pair, the weightiest last: those of the weightiest kind among them decide. A breach of any
// goes before a dispute, that before a breach that was never cured and can not be seen now; then one met suffices;
// links that are not fresh decide where there are no others.
enum class Weight { stale, fresh, met, uncured, disputed, breached };

Weight weight_of(const LinkState& link);

// A link whose outcome, steps, tier and blame are shown: the worst of those offered, the first of equals.
class Shown {
 public:
  void offer(const LinkState& link);
  bool empty() const { return word_ == nullptr; }
  void write(Finding& finding) const;

 private:
  const Span* word_ = nullptr;
  probes::Blame blame_ = probes::Blame::unknown;
  bool soft_ = false;
};

// The deciding links of those added so far.
class Decision {
 public:
  Decision(const Clause& clause, Instant as_of) : clause_(&clause), as_of_(as_of) {}

  // In the catalog's order. `contradicted` is contradiction() of the link.
  void add(const LinkState& link, const std::optional<Contradiction>& contradicted);

  // Status and all that follows from the deciding links; `fresh`, the worst of all fresh links, is shown where they do
  // not say whom to show. To be called once; REQUIRES that a link was added.
  void write_to(Finding& finding, const Shown& fresh);

 private:
  void begin(Weight weight);
  void add_entries(const LinkState& link);
  void add_compared(const LinkState& link);
  void add_breach(const LinkState& link);
  void write_breach(Finding& finding);
  bool disputed() const { return weight_ == Weight::disputed; }
  bool stale() const { return weight_ == Weight::stale || (weight_ == Weight::uncured && any_stale_); }

  const Clause* clause_;
  Instant as_of_;

  // Of the weightiest kind so far.
  Weight weight_ = Weight::stale;
  Shown shown_, sure_;  // of all; of those that can confirm
  bool any_stale_ = false, relapsed_ = false;
  std::optional<Instant> since_, last_;
  std::optional<Status> would_be_;
  std::optional<Contradiction> contradicted_;
  std::optional<Date> overdue_from_, cured_on_;
  std::vector<std::string> breached_links_;
  FreshTime watched_;  // of the breached links
  std::vector<std::int64_t> entries_;
  std::set<const std::vector<Compared>*> compared_seen_;  // held by `compared_lists_`
  std::vector<ComparedList> compared_lists_;
  std::map<std::string_view, Treatment> compared_;
  std::vector<std::string_view> compared_order_;
};

// The weightier one: at the better tier, since longer.
bool goes_before(const Contradiction& left, const Contradiction& right);

}  // namespace linkaudit::law
