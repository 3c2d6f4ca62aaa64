#include "audit/law/pair.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "audit/law/contradiction.h"
#include "audit/law/decision.h"
#include "audit/law/overdue.h"

namespace linkaudit::law {
namespace {

bool confirmed(const LinkState* link, const Clause& clause) {
  return clause.can_confirm(link->now().tier);
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
  finding.blame = link.blame;
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

void add_contradiction(Finding& finding, const Links& deciding) {
  const auto rank = [](const Contradiction& each) { return std::tuple(each.tier, each.since, each.entry); };
  for (const LinkState* link : deciding) {
    const auto found = contradiction(*link);
    if (!found) continue;
    if (!finding.contradicted_by || rank(*found) < rank(*finding.contradicted_by)) finding.contradicted_by = found;
  }
}

// Once what a source said twice in one instant.
void add_words(Finding& finding, const Links& known) {
  for (const LinkState* link : known) {
    const auto before = static_cast<std::ptrdiff_t>(finding.words.size());
    for (const WordAt& word : link->history->fresh) {
      const Span& span = *word.run->span;
      const std::int64_t entry = word.at == span.last ? span.last_entry : span.first_entry;
      const bool told = std::any_of(finding.words.begin() + before, finding.words.end(), [&](const Word& other) {
        return other.at == word.at && other.outcome == span.outcome && other.tier == span.tier &&
               other.source == span.source;
      });
      if (!told) finding.words.push_back({span.link, span.source, span.tier, span.outcome, word.at, entry});
    }
  }
}

// The best treated first.
void add_compared(Finding& finding, const Links& deciding) {
  std::map<std::string_view, Treatment> platforms;
  std::vector<std::string_view> order;
  for (const LinkState* link : deciding) {
    for (const Compared& other : link->compared) {
      const auto [known, fresh] = platforms.emplace(other.platform, other.treatment);
      if (fresh) {
        order.push_back(other.platform);
      } else {
        known->second.join(other.treatment);
      }
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto& left, const auto& right) { return platforms.at(left) < platforms.at(right); });
  finding.compared_with.assign(order.begin(), order.end());
}

void add_entries(Finding& finding, const Decision& decision) {
  std::vector<std::int64_t>& entries = finding.entries;
  entries.reserve(2 * decision.links.size());
  for (const LinkState* link : decision.links) {
    entries.push_back(link->begin.entry);
    entries.push_back(link->word().last_entry);
    for (const Compared& other : link->compared) {
      entries.insert(entries.end(), other.entries.begin(), other.entries.end());
    }
    if (!decision.disputed) continue;
    for (const WordAt& word : link->history->fresh) {
      if (word.run->span->tier == link->now().tier) entries.push_back(word.run->span->last_entry);
    }
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
}

}  // namespace

Finding finding_of(const Links& known, const Clause& clause, Instant as_of, Detail detail) {
  Finding finding;
  if (known.empty()) return finding;
  const auto fresh = [](const LinkState* link) { return link->history->is_fresh(); };
  finding.measured_links = static_cast<int>(std::count_if(known.begin(), known.end(), fresh));

  const Decision decision = decide(known);
  finding.status = decision.status;
  finding.disputed = decision.disputed;
  finding.stale = decision.stale;
  add_outcome(finding, shown(decision, known, clause));
  add_times(finding, decision.links);
  if (decision.status == Status::breached) add_breach(finding, decision.links, clause, as_of);
  if (decision.status == Status::met) add_met(finding, decision.links, clause);
  const bool in_doubt = decision.disputed || decision.stale;
  if (decision.status == Status::undetermined && !in_doubt) finding.would_be = would_be(decision.links);
  add_contradiction(finding, decision.links);
  // One of a link that does not decide is somebody's work as well.
  if (!finding.contradicted_by) add_contradiction(finding, known);
  add_compared(finding, decision.links);
  if (detail == Detail::all) add_words(finding, known);
  add_entries(finding, decision);
  return finding;
}

}  // namespace linkaudit::law
