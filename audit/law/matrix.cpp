#include <algorithm>
#include <set>

#include "audit/law/beginning.h"
#include "audit/law/clause.h"
#include "audit/law/histories.h"
#include "audit/law/severity.h"

namespace linkaudit::law {
namespace {

using LinkHistories = std::vector<const LinkHistory*>;

const Span& word(const LinkHistory& link) {
  return *link.now().holder->span;
}

bool worse(const LinkHistory* left, const LinkHistory* right) {
  return severity(word(*left).outcome) < severity(word(*right).outcome);
}

// The fresh links, in dispute or not; the last known of all when none is fresh.
LinkHistories deciding(const std::vector<KnownLink>& links) {
  LinkHistories fresh, known;
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

// The links that show the outcome of the worst one.
LinkHistories showing(probes::Outcome outcome, LinkHistories links) {
  std::erase_if(links, [&](const LinkHistory* link) { return word(*link).outcome != outcome; });
  return links;
}

void add_times(MatrixCell& cell, const LinkHistories& links) {
  std::vector<std::int64_t>& entries = cell.entries;
  for (const LinkHistory* link : links) {
    const Beginning begin = outcome_since(*link);
    const Instant last = link->now().holder->last;
    cell.since = std::min(cell.since.value_or(begin.since), begin.since);
    cell.last = std::max(cell.last.value_or(last), last);
    entries.push_back(begin.entry);
    entries.push_back(word(*link).last_entry);
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
}

// Nothing where the histories do not go back far enough.
std::optional<MatrixCell> matrix_cell(const std::vector<KnownLink>& links) {
  MatrixCell cell;
  count(cell, links);
  const LinkHistories shown = deciding(links);
  if (shown.empty()) return cell;
  const LinkHistory& worst = **std::max_element(shown.begin(), shown.end(), worse);
  cell.outcome = word(worst).outcome;
  cell.blame = blame_of(word(worst));
  cell.tier = word(worst).tier;
  cell.confidence = cell.tier == probes::Tier::in_app ? Confidence::confirmed : Confidence::suspected;
  cell.stale = cell.measured == 0;
  cell.soft = worst.now().soft;
  const LinkHistories alike = showing(*cell.outcome, shown);
  const auto told = [](const LinkHistory* link) { return tells_outcome_since(*link); };
  if (!std::all_of(alike.begin(), alike.end(), told)) return std::nullopt;
  add_times(cell, alike);
  return cell;
}

}  // namespace

NewestMatrix newest_matrix(const Policy& policy, std::span<const Span> spans, Instant as_of) {
  const std::size_t contexts = policy.contexts.size();
  NewestMatrix matrix;
  matrix.cells.resize(policy.platforms.size() * contexts);
  const auto placed = placed_by_context(policy, spans, as_of);
  for (std::size_t context = 0; context < contexts; ++context) {
    const Histories histories(policy, placed[context], as_of);
    const std::set<std::size_t> wanting(histories.wanting().begin(), histories.wanting().end());
    for (std::size_t platform = 0; platform < policy.platforms.size(); ++platform) {
      std::optional<MatrixCell> cell;
      if (!wanting.contains(platform)) cell = matrix_cell(histories.of(platform));
      MatrixCell& place = matrix.cells[platform * contexts + context];
      if (cell)
        place = std::move(*cell);
      else
        matrix.wanting.push_back(platform * contexts + context);
      place.links = static_cast<int>(policy.platforms[platform].links.size());
      place.platform = policy.platforms[platform].id;
      place.context = policy.contexts[context].id;
    }
  }
  return matrix;
}

std::vector<MatrixCell> matrix(const Policy& policy, std::span<const Span> spans, Instant as_of) {
  return newest_matrix(policy, spans, as_of).cells;
}

}  // namespace linkaudit::law
