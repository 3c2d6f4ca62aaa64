#include "audit/law/pair.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "audit/law/contradiction.h"
#include "audit/law/overdue.h"
#include "audit/law/severity.h"

namespace linkaudit::law {
namespace {

using Links = std::vector<const LinkState*>;

template <typename Wanted>
Links those(const Links& links, Wanted wanted) {
  Links found;
  std::copy_if(links.begin(), links.end(), std::back_inserter(found), wanted);
  return found;
}

bool fresh(const LinkState* link) {
  return link->history->is_fresh();
}
bool stale(const LinkState* link) {
  return !link->history->is_fresh();
}

// What a status rests on: the first group that is not empty, in the order of the law.
struct Decision {
  Status status = Status::undetermined;
  bool disputed = false, stale = false;
  Links links;
};

Decision decide(const Links& known) {
  const auto is = [&](Status status) { return those(known, [&](const LinkState* link) { return link->is(status); }); };
  if (Links breached = is(Status::breached); !breached.empty()) return {Status::breached, false, false, breached};
  Links disputed = those(known, [](const LinkState* link) { return link->history->disputed(); });
  if (!disputed.empty()) return {Status::undetermined, true, false, disputed};
  Links uncured = those(known, [](const LinkState* link) { return link->uncured; });
  if (!uncured.empty()) {
    const bool any_stale = std::any_of(uncured.begin(), uncured.end(), stale);
    return {Status::undetermined, false, any_stale, uncured};
  }
  Links all_fresh = those(known, fresh);
  if (all_fresh.empty()) return {Status::undetermined, false, !known.empty(), known};
  if (Links met = is(Status::met); !met.empty()) return {Status::met, false, false, met};
  return {Status::undetermined, false, false, all_fresh};
}

bool confirmed(const LinkState* link, const Clause& clause) {
  return can_confirm(*clause.obligation, link->now().tier);
}

// The link whose outcome is shown. A breach shows what it rests on: a confirmed one before a suspected one, and never
// the refusal of a party that is not bound. Otherwise the worst fresh link counts, whatever decided.
const LinkState* shown(const Decision& decision, const Links& known, const Clause& clause) {
  const bool from_all = decision.status != Status::breached && !decision.disputed && !decision.stale;
  Links candidates = from_all ? those(known, fresh) : decision.links;
  if (decision.status == Status::breached) {
    const Links sure = those(candidates, [&](const LinkState* link) { return confirmed(link, clause); });
    if (!sure.empty()) candidates = sure;
  }
  const auto worse = [](const LinkState* left, const LinkState* right) {
    return severity(left->word().outcome) < severity(right->word().outcome);
  };
  return *std::max_element(candidates.begin(), candidates.end(), worse);
}

std::optional<Status> would_be(const Links& links) {
  std::optional<Status> found;
  for (const LinkState* link : links) {
    if (link->verdict.would_be && found != Status::breached) found = link->verdict.would_be;
  }
  return found;
}

void add_outcome(Finding& finding, const LinkState& link) {
  const Span& word = link.word();
  finding.outcome = word.outcome;
  finding.steps = word.steps;
  finding.presentation = word.presentation;
  finding.tier = word.tier;
  finding.blame = word.blame;
  finding.soft = link.now().soft;
}

void add_times(Finding& finding, const Links& deciding) {
  for (const LinkState* link : deciding) {
    finding.since = std::min(finding.since.value_or(link->begin.since), link->begin.since);
    finding.last = std::max(finding.last.value_or(link->last()), link->last());
  }
}

void add_breach(Finding& finding, const Links& breached, const Clause& clause, Instant as_of) {
  const std::string& zone = clause.obligation->zone;
  Date from = overdue_from(*breached.front(), clause);
  bool any_confirmed = false;
  for (const LinkState* link : breached) {
    finding.breached_links.emplace_back(link->history->link);
    finding.relapsed = finding.relapsed || link->met_in_force;
    from = std::min(from, overdue_from(*link, clause));
    any_confirmed = any_confirmed || confirmed(link, clause);
  }
  finding.confidence = any_confirmed ? Confidence::confirmed : Confidence::suspected;
  finding.days_overdue = days_between(from, date_at(as_of, zone));
  finding.unmeasured_days = unmeasured_days(breached, from, as_of, zone);
}

void add_met(Finding& finding, const Links& met, const Clause& clause) {
  finding.confidence = Confidence::confirmed;
  for (const LinkState* link : met) {
    if (!link->cured_at) continue;
    const Date day = date_at(*link->cured_at, clause.obligation->zone);
    finding.cured_on = std::max(finding.cured_on.value_or(day), day);
  }
}

void add_contradiction(Finding& finding, const Links& deciding, const Clause& clause) {
  const auto rank = [](const Contradiction& each) { return std::tuple(each.tier, each.since, each.entry); };
  for (const LinkState* link : deciding) {
    const auto found = contradiction(*link->history, clause.obligation->requires_);
    if (!found) continue;
    if (!finding.contradicted_by || rank(*found) < rank(*finding.contradicted_by)) finding.contradicted_by = found;
  }
}

void add_words(Finding& finding, const Links& known) {
  for (const LinkState* link : known) {
    for (const WordAt& word : link->history->fresh) {
      const Span& span = *word.run->span;
      const std::int64_t entry = word.at == span.last ? span.last_entry : span.first_entry;
      finding.words.push_back({span.link, span.source, span.tier, span.outcome, word.at, entry});
    }
  }
}

void add_entries(Finding& finding, const Decision& decision) {
  std::set<std::int64_t> entries;
  for (const LinkState* link : decision.links) {
    entries.insert(link->begin.entry);
    entries.insert(link->word().last_entry);
    if (!decision.disputed) continue;
    for (const WordAt& word : link->history->fresh) {
      if (word.run->span->tier == link->now().tier) entries.insert(word.run->span->last_entry);
    }
  }
  finding.entries.assign(entries.begin(), entries.end());
}

}  // namespace

Finding finding_of(const std::vector<LinkState>& links, const Clause& clause, Instant as_of) {
  Finding finding;
  Links known;
  for (const LinkState& link : links) {
    if (link.history->known()) known.push_back(&link);
  }
  finding.links = static_cast<int>(links.size());
  finding.measured_links = static_cast<int>(std::count_if(known.begin(), known.end(), fresh));
  if (known.empty()) return finding;

  const Decision decision = decide(known);
  finding.status = decision.status;
  finding.disputed = decision.disputed;
  finding.stale = decision.stale;
  add_outcome(finding, *shown(decision, known, clause));
  add_times(finding, decision.links);
  if (decision.status == Status::breached) add_breach(finding, decision.links, clause, as_of);
  if (decision.status == Status::met) add_met(finding, decision.links, clause);
  if (decision.status == Status::undetermined && !decision.disputed && !decision.stale) {
    finding.would_be = would_be(decision.links);
  }
  add_contradiction(finding, decision.links, clause);
  add_words(finding, known);
  add_entries(finding, decision);
  return finding;
}

}  // namespace linkaudit::law
