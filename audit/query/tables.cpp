#include "audit/query/tables.h"

#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

reports::Table table(const Reader& reader, const std::string& id, std::vector<reports::Column> columns,
                     std::vector<reports::Row> rows, int printed_columns = 0) {
  return {id,
          word_of(reader, "table." + id),
          word_of(reader, "table." + id + ".intro"),
          std::move(columns),
          reports::rows_of(std::move(rows)),
          1,
          printed_columns};
}

std::string reason_text(const Reader& reader, const Reason& reason) {
  std::string text = word_of(reader, "reason." + reason.kind);
  if (!reason.id.empty()) text += " " + reason.id;
  text += ": " + (reason.kind == "rule" ? reason.detail : word_of(reader, "reason." + reason.change));
  if (reason.kind != "rule" && !reason.detail.empty()) text += " (" + reason.detail + ")";
  return text;
}

// "rule: waiver W-1: expired"
std::string cause_text(const Reader& reader, const Change& change) {
  if (!change.cause) return {};
  std::vector<std::string> reasons;
  for (const Reason& reason : change.reasons) reasons.push_back(reason_text(reader, reason));
  const std::string cause = word_of(reader, "cause." + std::string(name(*change.cause)));
  return reasons.empty() ? cause : cause + " — " + joined(reasons, word_of(reader, "list.separator"));
}

}  // namespace

reports::Table changes_table(const Reader& reader, const std::vector<Change>& changes, bool wide) {
  const Language language = reader.language;
  std::vector<reports::Row> rows;
  for (const Change& change : changes) {
    const law::Finding& after = change.shown();
    reports::Row row = {
        reports::Term{std::string(name(change.kind)), word_of(reader, "change." + std::string(name(change.kind)))},
        wide ? obligation_title(reader.catalog, language, after.obligation) : after.obligation,
        platform_name(reader.catalog, language, after.platform),
        context_name(reader.catalog, language, after.context),
        change.is_new ? reports::Value() : reports::Value(badge(language, change.before.status)),
        change.is_gone ? reports::Value() : reports::Value(badge(language, change.after.status)),
        cause_text(reader, change),
        after.outcome ? reports::Value(badge(language, *after.outcome)) : reports::Value(),
        after.since ? reports::Value(*after.since) : reports::Value(),
        numbers(after.entries)};
    if (wide) row.insert(row.end(), {after.obligation, after.platform, after.context});
    rows.push_back(std::move(row));
  }
  std::vector<reports::Column> columns = {
      column(reader, "change", 16),        column(reader, "obligation_title", 34, true),
      column(reader, "platform_name", 14), column(reader, "context_name", 18),
      column(reader, "status_before", 16), column(reader, "status_after", 16),
      column(reader, "cause", 34, true),   column(reader, "outcome", 20),
      column(reader, "since", 17),         column(reader, "entries", 14)};
  if (!wide) return table(reader, "changes", std::move(columns), std::move(rows));
  for (const char* id : {"obligation", "platform", "context"}) columns.push_back(column(reader, id, 20));
  return table(reader, "changes", std::move(columns), std::move(rows), 10);
}

reports::Table history_table(const Reader& reader, const std::vector<HistorySpan>& spans) {
  const Language language = reader.language;
  std::vector<reports::Row> rows;
  for (const auto& [span, ended_by] : spans) {
    rows.push_back({span.link, context_name(reader.catalog, language, span.context), term(reader, span.tier),
                    badge(language, span.outcome), term(reader, span.blame), span.first, span.last, span.count,
                    span.first_entry, span.last_entry, ended_by ? reports::Value(*ended_by) : reports::Value(),
                    text(span.rule), text(span.failure), span.source, span.context});
  }
  return table(reader, "history",
               {column(reader, "link", 20), column(reader, "context_name", 20), column(reader, "tier", 18),
                column(reader, "outcome", 22), column(reader, "blame", 16), column(reader, "first", 17),
                column(reader, "last", 17), column(reader, "count", 8), column(reader, "first_entry", 10),
                column(reader, "last_entry", 10), column(reader, "ended_by", 10), column(reader, "rule", 24),
                column(reader, "failure", 18), column(reader, "source", 30), column(reader, "context", 20)},
               std::move(rows), 14);
}

reports::Table periods_table(const Reader& reader, const std::vector<Period>& periods) {
  std::vector<reports::Row> rows;
  for (const auto& [period, accounting] : periods) {
    std::vector<std::string> gaps;
    for (const auto& [reason, count] : accounting.gaps) {
      gaps.push_back(word_of(reader, "gap." + reason) + ": " + std::to_string(count));
    }
    rows.push_back({period, accounting.planned, accounting.observed, accounting.gaps_in_all(),
                    joined(gaps, word_of(reader, "list.separator")), accounting.attestations, accounting.runs});
  }
  return table(reader, "periods",
               {column(reader, "period", 12), column(reader, "planned", 9), column(reader, "observed", 9),
                column(reader, "gaps_in_all", 9), column(reader, "gaps", 40, true), column(reader, "attestations", 12),
                column(reader, "runs", 8)},
               std::move(rows));
}

reports::Table gaps_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon) {
  std::vector<reports::Row> rows;
  log::for_each_gap(log, horizon, [&](const log::LoggedGap& row) {
    rows.push_back({row.entry, row.gap.at, row.gap.link, context_name(reader.catalog, reader.language, row.gap.context),
                    text(row.gap.schedule), word_of(reader, "gap." + row.gap.reason), row.gap.context, row.gap.reason});
    return true;
  });
  return table(reader, "gaps",
               {column(reader, "entry", 9), column(reader, "planned_at", 17), column(reader, "link", 22),
                column(reader, "context_name", 20), column(reader, "schedule", 16), column(reader, "gap", 34, true),
                column(reader, "context", 20), column(reader, "reason", 16)},
               std::move(rows), 6);
}

reports::Table runs_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon,
                          std::optional<Instant> since) {
  std::vector<reports::Row> rows;
  for (const log::LoggedRun& row : log::runs(log, horizon)) {
    if (since && row.run.at < *since) continue;
    std::vector<std::string> gaps;
    for (const auto& [reason, count] : row.run.gaps) {
      gaps.push_back(word_of(reader, "gap." + reason) + ": " + std::to_string(count));
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(row.run.ended - row.run.at).count();
    rows.push_back({row.entry, row.run.at, std::int64_t{seconds},
                    reports::Term{row.run.trigger, word_of(reader, "trigger." + row.run.trigger)},
                    text(row.run.schedule), row.run.planned, row.run.observed,
                    joined(gaps, word_of(reader, "list.separator")), row.run.vantage, row.run.catalog_version});
  }
  return table(reader, "runs",
               {column(reader, "entry", 9), column(reader, "begun", 17), column(reader, "duration_s", 10),
                column(reader, "trigger", 14), column(reader, "schedule", 16), column(reader, "planned", 9),
                column(reader, "observed", 9), column(reader, "gaps", 36, true), column(reader, "vantage", 12),
                column(reader, "catalog", 20)},
               std::move(rows));
}

}  // namespace linkaudit::query
