#include <map>

#include "audit/law/calendar.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {

// One row for each clause: what it asks, since when, and how its findings stand. The counts add up to `findings`.
reports::Table obligations_table(const Reader& reader, const std::vector<law::Finding>& findings) {
  std::map<std::string, std::map<law::Status, std::int64_t>> counts;
  std::map<std::string, std::int64_t> totals;
  for (const law::Finding& finding : findings) {
    ++counts[finding.obligation][finding.status];
    ++totals[finding.obligation];
  }
  const Language language = reader.language;
  std::vector<reports::Row> rows;
  for (const law::Obligation& each : reader.catalog.obligations) {
    auto& of = counts[each.id];
    rows.push_back({in(language, each.title), in(language, each.authority), term(reader, each.standing),
                    law::format_date(each.effective) + " " + each.zone, of[law::Status::met], of[law::Status::breached],
                    of[law::Status::undetermined], of[law::Status::exempt], of[law::Status::not_due], totals[each.id],
                    in(language, each.text), in(language, each.source), each.id});
  }
  return {"clauses",
          word_of(reader, "table.clauses"),
          word_of(reader, "table.clauses.intro"),
          {column(reader, "obligation_title", 34, true), column(reader, "authority", 16),
           column(reader, "standing", 14), column(reader, "effective", 24), column(reader, "met", 9),
           column(reader, "breached", 9), column(reader, "undetermined", 13), column(reader, "exempt", 9),
           column(reader, "not_due", 9), column(reader, "findings", 9), column(reader, "obligation_text", 50, true),
           column(reader, "source", 50, true), column(reader, "obligation", 24)},
          reports::rows_of(std::move(rows)),
          1};
}

}  // namespace linkaudit::query
