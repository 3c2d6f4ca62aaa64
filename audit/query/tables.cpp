#include "audit/query/tables.h"

#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

std::string reason_text(const Reader& reader, const Reason& reason) {
  std::string text = word_of(reader, "reason." + reason.kind);
  if (!reason.id.empty()) text += " " + reason.id;
  text += ": " + (reason.kind == "rule" ? reason.detail : word_of(reader, "reason." + reason.change));
  if (reason.kind != "rule" && !reason.detail.empty()) text += " (" + reason.detail + ")";
  return text;
}

std::string reasons_text(const Reader& reader, const Change& change) {
  std::vector<std::string> reasons;
  for (const Reason& reason : change.reasons) reasons.push_back(reason_text(reader, reason));
  return joined(reasons, word_of(reader, "list.separator"));
}

// "rule: waiver W-1: expired"
std::string cause_text(const Reader& reader, const Change& change) {
  const std::string cause = word_of(reader, "cause." + std::string(name(*change.cause)));
  const std::string reasons = reasons_text(reader, change);
  return reasons.empty() ? cause : cause + " — " + reasons;
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
        change.cause ? reports::Value(reports::Term{std::string(name(*change.cause)), cause_text(reader, change)})
                     : reports::Value(),
        after.outcome ? reports::Value(badge(language, *after.outcome)) : reports::Value(),
        after.since ? reports::Value(*after.since) : reports::Value(),
        entries_value(after.entries)};
    if (wide)
      row.insert(row.end(), {after.obligation, after.platform, after.context, text(reasons_text(reader, change))});
    rows.push_back(std::move(row));
  }
  std::vector<reports::Column> columns = {
      column(reader, "change", 16),        column(reader, "obligation_title", 34, true),
      column(reader, "platform_name", 14), column(reader, "context_name", 18),
      column(reader, "status_before", 16), column(reader, "status_after", 16),
      column(reader, "cause", 34, true),   column(reader, "outcome", 20),
      column(reader, "since", 17),         column(reader, "entries", 14)};
  if (!wide) return table_of(reader, "changes", std::move(columns), std::move(rows));
  for (const char* id : {"obligation", "platform", "context", "reasons"}) columns.push_back(column(reader, id, 20));
  return table_of(reader, "changes", std::move(columns), std::move(rows), 10);
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
  return table_of(reader, "periods",
                  {column(reader, "period", 12), column(reader, "planned", 9), column(reader, "observed", 9),
                   column(reader, "gaps_in_all", 9), column(reader, "gaps", 40, true),
                   column(reader, "attestations", 12), column(reader, "runs", 8)},
                  std::move(rows));
}

reports::Table gaps_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon) {
  std::vector<reports::Row> rows;
  log::for_each_gap(log, horizon, [&](const log::LoggedGap& row) {
    rows.push_back({row.entry, row.gap.at, row.gap.link, context_name(reader.catalog, reader.language, row.gap.context),
                    text(row.gap.schedule), word_of(reader, "gap." + row.gap.reason), row.gap.context, row.gap.reason,
                    text(row.gap.detail)});
    return true;
  });
  return table_of(reader, "gaps",
                  {column(reader, "entry", 9), column(reader, "planned_at", 17), column(reader, "link", 22),
                   column(reader, "context_name", 20), column(reader, "schedule", 16), column(reader, "gap", 34, true),
                   column(reader, "context", 20), column(reader, "reason", 16), column(reader, "detail", 40, true)},
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
  return table_of(reader, "runs",
                  {column(reader, "entry", 9), column(reader, "begun", 17), column(reader, "duration_s", 10),
                   column(reader, "trigger", 14), column(reader, "schedule", 16), column(reader, "planned", 9),
                   column(reader, "observed", 9), column(reader, "gaps", 36, true), column(reader, "vantage", 12),
                   column(reader, "catalog", 20)},
                  std::move(rows));
}

}  // namespace linkaudit::query
