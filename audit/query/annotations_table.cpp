#include "audit/log/annotations.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {

std::vector<reports::Value> withdrawal_values(const log::LoggedObservation& logged) {
  const log::LoggedAnnotation* by = logged.withdrawn();
  if (by == nullptr) return std::vector<reports::Value>(4);
  const log::Annotation& said = by->annotation;
  return {by->entry, text(said.by), text(said.note),
          said.replacement == 0 ? reports::Value() : reports::Value(said.replacement)};
}

std::vector<reports::Column> withdrawal_columns(const Reader& reader) {
  return {column(reader, kWithdrawnBy, 12), column(reader, "withdrawn_who", 18),
          column(reader, "withdrawn_why", 34, true), column(reader, "replaced_by", 12)};
}

reports::Table annotations_table(const Reader& reader, const log::Log& log, const log::Horizon& horizon) {
  const auto outcome = [&](const std::optional<log::LoggedObservation>& logged) {
    return logged ? reports::Value(badge(reader.language, logged->observation.outcome)) : reports::Value();
  };
  std::vector<reports::Row> rows;
  for (const log::LoggedAnnotation& each : log::annotations(log, horizon)) {
    const log::Annotation& said = each.annotation;
    const auto old = log::observation_at(log, said.about);
    const auto replacement = log::observation_at(log, said.replacement);
    const std::string kind(name(said.kind));
    rows.push_back(
        {each.entry, said.at, reports::Term{kind, word_of(reader, "annotation." + kind)}, said.about, text(said.note),
         text(said.by), old ? text(old->observation.link) : reports::Value(),
         old ? text(context_name(reader.catalog, reader.language, old->observation.context)) : reports::Value(),
         old ? reports::Value(old->observation.at) : reports::Value(), outcome(old),
         replacement ? reports::Value(said.replacement) : reports::Value(), outcome(replacement)});
  }
  return {"annotations",
          heading_of(reader, "table.annotations"),
          word_of(reader, "table.annotations.intro"),
          {column(reader, "entry", 9), column(reader, "said_at", 17), column(reader, "annotation", 14),
           column(reader, "about", 10), column(reader, "why", 40, true), column(reader, "by", 18),
           column(reader, "link", 20), column(reader, "context_name", 18), column(reader, "at", 17),
           column(reader, "said_before", 20), column(reader, "replaced_by", 12), column(reader, "said_after", 20)},
          reports::rows_of(std::move(rows)),
          1};
}

}  // namespace linkaudit::query
