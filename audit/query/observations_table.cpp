#include <algorithm>
#include <iterator>

#include "audit/log/annotations.h"
#include "audit/query/observation_rows.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

constexpr int kPrintedObservationColumns = 10;  // of the wide table: to the failure

std::string facts_text(const std::map<std::string, std::string>& facts) {
  std::vector<std::string> items;
  for (const auto& [key, value] : facts) items.push_back(key + "=" + value);
  return joined(items, "; ");
}

template <typename Items>
void append(Items& items, Items more) {
  items.insert(items.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::string notes_of_persons(const log::LoggedObservation& logged) {
  std::vector<std::string> notes;
  for (const log::LoggedAnnotation& each : logged.annotations) {
    const log::Annotation& said = each.annotation;
    if (said.kind == log::AnnotationKind::note) notes.push_back(said.by + ": " + said.note);
  }
  return joined(notes, "; ");
}

// `withdrawals`: with the columns of those, too, where there is little room.
reports::Row row_of(const Reader& reader, const log::LoggedObservation& logged, bool wide, bool withdrawals) {
  const Language language = reader.language;
  const probes::Observation& seen = logged.observation;
  reports::Row row = {logged.entry == 0 ? reports::Value() : reports::Value(logged.entry),
                      seen.at,
                      seen.link.empty() ? seen.url : seen.link,
                      context_name(reader.catalog, language, seen.context),
                      badge(language, seen.outcome),
                      term(reader, seen.blame),
                      term(reader, seen.tier),
                      seen.method,
                      text(seen.rule.id),
                      text(seen.failure ? std::string(name(seen.failure->name)) : std::string())};
  if (!wide) {
    if (withdrawals) append(row, withdrawal_values(logged));
    return row;
  }
  row.insert(row.end(),
             {number(seen.steps), term(reader, seen.presentation), yes_no(seen.context_specific), text(seen.observer),
              text(seen.client), text(seen.source), text(facts_text(seen.facts)), text(joined(seen.notes, "; ")),
              text(seen.note), text(seen.url), text(seen.page ? seen.page->final_url : std::string()),
              text(seen.page ? seen.page->title : std::string()), text(seen.page ? seen.page->sha256 : std::string()),
              text(seen.vantage), seen.platform, seen.context,
              logged.entry == 0 ? reports::Value() : reports::Value(logged.recorded_at),
              logged.corrects ? reports::Value(*logged.corrects) : reports::Value(), text(notes_of_persons(logged))});
  append(row, withdrawal_values(logged));
  return row;
}

std::vector<reports::Column> observation_columns(const Reader& reader, bool wide, bool withdrawals) {
  std::vector<reports::Column> columns = {column(reader, "entry", 9),    column(reader, "at", 17),
                                          column(reader, "link", 20),    column(reader, "context_name", 18),
                                          column(reader, "outcome", 20), column(reader, "blame", 15),
                                          column(reader, "tier", 17),    column(reader, "method", 11),
                                          column(reader, "rule", 24),    column(reader, "failure", 17)};
  if (!wide) {
    if (withdrawals) append(columns, withdrawal_columns(reader));
    return columns;
  }
  const std::vector<reports::Column> more = {column(reader, "steps", 7),
                                             column(reader, "presentation", 12),
                                             column(reader, "context_specific", 12),
                                             column(reader, "observer", 18),
                                             column(reader, "client", 18),
                                             column(reader, "source", 30, true),
                                             column(reader, "facts", 30, true),
                                             column(reader, "notes", 20, true),
                                             column(reader, "note", 34, true),
                                             column(reader, "url", 40),
                                             column(reader, "final_url", 40),
                                             column(reader, "title", 24),
                                             column(reader, "sha256", 24),
                                             column(reader, "vantage", 10),
                                             column(reader, "platform", 14),
                                             column(reader, "context", 20),
                                             column(reader, "recorded_at", 17),
                                             column(reader, "corrects", 10),
                                             column(reader, "annotations", 30, true)};
  columns.insert(columns.end(), more.begin(), more.end());
  append(columns, withdrawal_columns(reader));
  return columns;
}

reports::Table without_rows(const Reader& reader, bool wide, bool withdrawals) {
  reports::Table table;
  table.id = "observations";
  table.title = heading_of(reader, "table.observations");
  table.intro = word_of(reader, "table.observations.intro");
  table.columns = observation_columns(reader, wide, withdrawals);
  table.struck_by = kWithdrawnBy;
  table.frozen_columns = 3;
  table.entry_by = "entry";
  if (wide) table.printed_columns = kPrintedObservationColumns;
  return table;
}

}  // namespace

reports::Table observations_table(const Reader& reader, const std::vector<log::LoggedObservation>& seen) {
  reports::Table table = without_rows(reader, true, false);
  std::vector<reports::Row> rows;
  for (const log::LoggedObservation& each : seen) rows.push_back(row_of(reader, each, true, false));
  table.rows = reports::rows_of(std::move(rows));
  return table;
}

reports::Table observations_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon,
                                  const log::ObservationFilter& filter, bool wide) {
  const auto said = log::annotations(log, horizon);
  const bool withdrawals = std::any_of(said.begin(), said.end(), [](const log::LoggedAnnotation& each) {
    return each.annotation.kind != log::AnnotationKind::note;
  });
  reports::Table table = without_rows(reader, wide, withdrawals);
  table.rows = rows_of_observations(log, horizon, filter, [reader, wide, withdrawals](const auto& logged) {
    return row_of(reader, logged, wide, withdrawals);
  });
  return table;
}

}  // namespace linkaudit::query
