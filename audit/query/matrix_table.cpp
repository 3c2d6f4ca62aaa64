#include <map>
#include <set>

#include "audit/law/calendar.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

std::string day(const Reader& reader, Instant instant) {
  return law::format_date(law::date_at(instant, reader.catalog.zone));
}

std::string comment_of(const Reader& reader, const law::MatrixCell& cell, std::optional<Instant> as_of) {
  std::vector<std::string> lines;
  if (cell.since) lines.push_back(formatted(reader, "matrix.since", day(reader, *cell.since)));
  if (cell.since && as_of && !cell.stale) {
    lines.push_back(
        formatted(reader, "matrix.days", std::chrono::floor<std::chrono::days>(*as_of - *cell.since).count()));
  }
  if (cell.last) lines.push_back(formatted(reader, "matrix.last", day(reader, *cell.last)));
  lines.push_back(formatted(reader, "matrix.links", cell.direct, cell.measured, cell.links));
  if (cell.blame) lines.push_back(formatted(reader, "matrix.blame", label(reader.language, *cell.blame)));
  return joined(lines, "\n");
}

// Why the cell does not stand as it is; "" when it does.
std::string reserve(const Reader& reader, const law::MatrixCell& cell) {
  if (cell.disputed) return word_of(reader, "remark.disputed");
  if (cell.stale) return word_of(reader, "remark.stale");
  return cell.soft ? word_of(reader, "remark.soft") : std::string();
}

std::string second_line(const Reader& reader, const law::MatrixCell& cell) {
  if (cell.stale && cell.last) return formatted(reader, "matrix.last", day(reader, *cell.last));
  return cell.since ? formatted(reader, "matrix.since", day(reader, *cell.since)) : std::string();
}

reports::MatrixEntry entry_of(const Reader& reader, const law::MatrixCell* cell, std::optional<Instant> as_of) {
  if (cell == nullptr || !cell->outcome) return {not_looked_at(reader.language), "", "", ""};
  reports::MatrixEntry entry;
  entry.outcome = badge(reader.language, *cell->outcome);
  // Red only where somebody stands in the way: a target that is down, or nobody knows whom, accuses no one.
  const bool blameless = cell->blame == probes::Blame::unknown || cell->blame == probes::Blame::target_down ||
                         cell->blame == probes::Blame::own_line;
  if (blameless || cell->stale || cell->disputed) entry.outcome.tone = reports::Tone::unknown;
  // In the label, since a terminal shows nothing else.
  if (const std::string why = reserve(reader, *cell); !why.empty()) {
    entry.outcome.label += word_of(reader, "bracket.open") + why + word_of(reader, "bracket.close");
  }
  if (cell->tier) entry.tier_mark = tier_mark(*cell->tier);
  entry.text = second_line(reader, *cell);
  entry.comment = comment_of(reader, *cell, as_of);
  entry.entries.numbers = cell->entries;
  return entry;
}

void add_legend(const Reader& reader, reports::Matrix& matrix) {
  for (const probes::Outcome outcome : probes::kOutcomes) {
    matrix.legend.emplace_back(badge(reader.language, outcome),
                               word_of(reader, "meaning." + std::string(name(outcome))));
  }
  matrix.legend.emplace_back(not_looked_at(reader.language), word_of(reader, "meaning.never"));
  for (const probes::Tier tier : probes::kTiers) {
    matrix.tiers.emplace_back(
        tier_mark(tier), label(reader.language, tier) + ": " + word_of(reader, "meaning." + std::string(name(tier))));
  }
}

}  // namespace

reports::Table matrix_rows(const Reader& reader, const std::vector<law::MatrixCell>& cells) {
  std::vector<reports::Row> rows;
  for (const law::MatrixCell& cell : cells) {
    rows.push_back({cell.platform, cell.context,
                    cell.outcome ? reports::Value(badge(reader.language, *cell.outcome)) : reports::Value(),
                    cell.blame ? text(std::string(name(*cell.blame))) : reports::Value(),
                    cell.tier ? text(std::string(name(*cell.tier))) : reports::Value(),
                    cell.confidence ? text(std::string(name(*cell.confidence))) : reports::Value(),
                    std::int64_t{cell.links}, std::int64_t{cell.measured}, std::int64_t{cell.direct},
                    cell.since ? reports::Value(*cell.since) : reports::Value(),
                    cell.last ? reports::Value(*cell.last) : reports::Value(), cell.stale, cell.disputed,
                    entries_value(cell.entries)});
  }
  return {"matrix",
          heading_of(reader, "table.matrix"),
          word_of(reader, "table.matrix.intro"),
          {column(reader, "platform", 14), column(reader, "context", 20), column(reader, "outcome", 20),
           column(reader, "blame", 14), column(reader, "tier", 14), column(reader, "confidence", 12),
           column(reader, "links", 8), column(reader, "measured_links", 10), column(reader, "direct", 8),
           column(reader, "since", 17), column(reader, "last", 17), column(reader, "stale", 8),
           column(reader, "disputed", 8), column(reader, "entries", 14)},
          reports::rows_of(std::move(rows)),
          2};
}

reports::Matrix matrix_of(const Reader& reader, const std::vector<law::MatrixCell>& cells, bool looked_at_only,
                          std::optional<Instant> as_of) {
  std::map<std::pair<std::string, std::string>, const law::MatrixCell*> by_place;
  std::set<std::string> platforms, contexts;  // looked at
  for (const law::MatrixCell& cell : cells) {
    by_place[{cell.platform, cell.context}] = &cell;
    if (!cell.outcome) continue;
    platforms.insert(cell.platform);
    contexts.insert(cell.context);
  }
  reports::Matrix matrix;
  matrix.title = heading_of(reader, "table.matrix");
  matrix.intro = word_of(reader, "table.matrix.intro");
  matrix.corner = heading_of(reader, "column.platform_name");
  std::vector<std::string> context_ids;
  for (const catalog::Host& host : reader.catalog.hosts) {
    for (const catalog::HostContext& context : host.contexts) {
      if (looked_at_only && !contexts.contains(context.id)) continue;
      context_ids.push_back(context.id);
      matrix.groups.push_back(heading_of(reader, host.name));
      matrix.contexts.push_back(heading_of(reader, context.name));
    }
  }
  for (const catalog::Platform& platform : reader.catalog.platforms) {
    if (looked_at_only && !platforms.contains(platform.id)) continue;
    matrix.platforms.push_back(heading_of(reader, platform.name));
    std::vector<reports::MatrixEntry>& row = matrix.cells.emplace_back();
    for (const std::string& context : context_ids) {
      const auto found = by_place.find({platform.id, context});
      row.push_back(entry_of(reader, found == by_place.end() ? nullptr : found->second, as_of));
    }
  }
  add_legend(reader, matrix);
  return matrix;
}

}  // namespace linkaudit::query
