#include "audit/query/tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

reports::Row row_of(const Reader& reader, const HistorySpan& each) {
  const log::SpanRow& span = each.span;
  return {span.link,
          context_name(reader.catalog, reader.language, span.context),
          term(reader, span.tier),
          badge(reader.language, span.outcome),
          term(reader, span.blame),
          span.first,
          span.last,
          span.count,
          span.first_entry,
          span.last_entry,
          each.ended_by ? reports::Value(*each.ended_by) : reports::Value(),
          text(span.rule),
          text(span.failure),
          span.source,
          span.context};
}

reports::Row row_of(const Reader& reader, const log::LoggedObservation& logged) {
  const probes::Observation& seen = logged.observation;
  reports::Row row = {seen.link,
                      context_name(reader.catalog, reader.language, seen.context),
                      term(reader, seen.tier),
                      badge(reader.language, seen.outcome),
                      term(reader, seen.blame),
                      seen.at,
                      seen.at,
                      std::int64_t{1},
                      logged.entry,
                      logged.entry,
                      reports::Value(),
                      text(seen.rule.id),
                      text(seen.failure ? std::string(name(seen.failure->name)) : std::string()),
                      seen.observer + "|" + seen.method + "|" + seen.vantage,
                      seen.context};
  for (reports::Value& value : withdrawal_values(logged)) row.push_back(std::move(value));
  return row;
}

}  // namespace

reports::Table history_table(const Reader& reader, const std::vector<HistorySpan>& spans,
                             const std::vector<log::LoggedObservation>& withdrawn) {
  std::vector<reports::Row> rows;
  for (const HistorySpan& span : spans) rows.push_back(row_of(reader, span));
  for (const log::LoggedObservation& logged : withdrawn) rows.push_back(row_of(reader, logged));
  reports::Table table = {"history",
                          heading_of(reader, "table.history"),
                          word_of(reader, "table.history.intro"),
                          {column(reader, "link", 20), column(reader, "context_name", 20), column(reader, "tier", 18),
                           column(reader, "outcome", 22), column(reader, "blame", 16), column(reader, "first", 17),
                           column(reader, "last", 17), column(reader, "count", 8), column(reader, "first_entry", 10),
                           column(reader, "last_entry", 10), column(reader, "ended_by", 10), column(reader, "rule", 24),
                           column(reader, "failure", 18), column(reader, "source", 30), column(reader, "context", 20)},
                          reports::rows_of(std::move(rows)),
                          1,
                          14};
  for (reports::Column& each : withdrawal_columns(reader)) table.columns.push_back(std::move(each));
  table.struck_by = kWithdrawnBy;
  return table;
}

}  // namespace linkaudit::query
