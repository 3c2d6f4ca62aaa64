#include <algorithm>
#include <set>

#include "audit/law/beginning.h"
#include "audit/law/clause.h"
#include "audit/law/histories.h"
#include "audit/law/severity.h"

namespace linkaudit::law {
namespace {

using Links = std::vector<const LinkHistory*>;

const Span& word(const LinkHistory& link) {
  return *link.now().holder->span;
}

bool worse(const LinkHistory* left, const LinkHistory* right) {
  return severity(word(*left).outcome) < severity(word(*right).outcome);
}

// The fresh links, in dispute or not; the last known of all when none is fresh.
Links deciding(const std::vector<KnownLink>& links) {
  Links fresh, known;
  for (const auto& [place, history] : links) {
    known.push_back(&history);
    if (history.is_fresh()) fresh.push_back(&history);
  }
  return fresh.empty() ? known : fresh;
}

void count(MatrixCell& cell, const std::vector<KnownLink>& links) {
  for (const auto& [place, link] : links) {
    cell.disputed = cell.disputed || link.disputed();
    if (!link.is_fresh()) continue;
    ++cell.measured;
    if (!link.disputed() && word(link).outcome == probes::Outcome::direct) ++cell.direct;
  }
}

// From the links that show the outcome of the worst one.
void add_times(MatrixCell& cell, const Links& links) {
  std::set<std::int64_t> entries;
  for (const LinkHistory* link : links) {
    if (word(*link).outcome != cell.outcome) continue;
    const Beginning begin = outcome_since(*link);
    const Instant last = link->now().holder->last;
    cell.since = std::min(cell.since.value_or(begin.since), begin.since);
    cell.last = std::max(cell.last.value_or(last), last);
    entries.insert({begin.entry, word(*link).last_entry});
  }
  cell.entries.assign(entries.begin(), entries.end());
}

MatrixCell matrix_cell(const std::vector<KnownLink>& links) {
  MatrixCell cell;
  count(cell, links);
  const Links shown = deciding(links);
  if (shown.empty()) return cell;
  const LinkHistory& worst = **std::max_element(shown.begin(), shown.end(), worse);
  cell.outcome = word(worst).outcome;
  cell.blame = blame_of(word(worst));
  cell.tier = word(worst).tier;
  cell.confidence = cell.tier == probes::Tier::in_app ? Confidence::confirmed : Confidence::suspected;
  cell.stale = cell.measured == 0;
  cell.soft = worst.now().soft;
  add_times(cell, shown);
  return cell;
}

}  // namespace

std::vector<MatrixCell> matrix(const Policy& policy, std::span<const Span> spans, Instant as_of) {
  const Histories histories(policy, spans, as_of);
  std::vector<MatrixCell> cells;
  for (std::size_t platform = 0; platform < policy.platforms.size(); ++platform) {
    for (std::size_t context = 0; context < policy.contexts.size(); ++context) {
      MatrixCell cell = matrix_cell(histories.of(platform, context));
      cell.links = static_cast<int>(policy.platforms[platform].links.size());
      cell.platform = policy.platforms[platform].id;
      cell.context = policy.contexts[context].id;
      cells.push_back(std::move(cell));
    }
  }
  return cells;
}

}  // namespace linkaudit::law
