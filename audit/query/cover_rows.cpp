#include "audit/query/report_tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {

reports::Table cover_rows(const Reader& reader, const reports::Report& report) {
  std::vector<reports::Row> rows;
  rows.push_back({report.title, word_of(reader, "cover.as_of"), report.subtitle});
  for (const reports::Headline& each : report.headlines) {
    rows.push_back({word_of(reader, "cover.headlines"), each.label, each.value + " " + each.detail});
  }
  for (const reports::CoverBlock& block : report.cover) {
    for (const auto& [label, said] : block.lines) rows.push_back({block.heading, label, said});
  }
  return table_of(reader, "cover",
                  {column(reader, "section", 24), column(reader, "label", 30), column(reader, "text", 80, true)},
                  std::move(rows));
}

}  // namespace linkaudit::query
