#include <array>

#include "audit/query/report_tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

constexpr std::array kGapReasons = {"missed", "overlap", "own_line_down", "cancelled", "no_url"};
constexpr std::array kGapColumns = {"gap_missed", "gap_overlap", "gap_own_line_down", "gap_cancelled", "gap_no_url"};

// A reason that this program does not know, of a newer one, is counted under the others.
std::int64_t count_of(const Accounting& accounting, const std::string& reason) {
  const auto found = accounting.gaps.find(reason);
  return found == accounting.gaps.end() ? 0 : found->second;
}

reports::Row day_row(const std::string& name, const Accounting& accounting) {
  reports::Row row = {name,
                      reports::Summed{accounting.planned,
                                      {"observed", "gap_missed", "gap_overlap", "gap_own_line_down", "gap_cancelled",
                                       "gap_no_url", "gap_other"}},
                      accounting.observed};
  std::int64_t others = accounting.gaps_in_all();
  for (const char* reason : kGapReasons) {
    const std::int64_t count = count_of(accounting, reason);
    others -= count;
    row.push_back(count);
  }
  row.insert(row.end(), {others, accounting.attestations, accounting.runs});
  return row;
}

void add(Accounting& sum, const Accounting& more) {
  sum.planned += more.planned;
  sum.observed += more.observed;
  for (const auto& [reason, count] : more.gaps) sum.gaps[reason] += count;
  sum.attestations += more.attestations;
  sum.runs += more.runs;
}

}  // namespace

reports::Table gaps_by_day_table(const Reader& reader, const std::vector<Period>& days) {
  std::vector<reports::Row> rows;
  Accounting sum;
  for (const Period& day : days) {
    rows.push_back(day_row(day.name, day.accounting));
    add(sum, day.accounting);
  }
  if (!rows.empty()) rows.push_back(day_row(word_of(reader, "all_days"), sum));
  std::vector<reports::Column> columns = {column(reader, "day", 14), column(reader, "planned", 10),
                                          column(reader, "observed", 10)};
  for (const char* key : kGapColumns) {
    reports::Column gap = column(reader, key, 12);
    gap.heat = true;
    columns.push_back(std::move(gap));
  }
  columns.push_back(column(reader, "gap_other", 10));
  columns.push_back(column(reader, "attestations", 12));
  columns.push_back(column(reader, "runs", 8));
  return table_of(reader, "gaps_by_day", std::move(columns), std::move(rows));
}

}  // namespace linkaudit::query
