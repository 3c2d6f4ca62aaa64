#include <algorithm>
#include <array>
#include <map>

#include "audit/law/calendar.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

constexpr int kPrintedClauseColumns = 12;

constexpr std::array kStatuses = {law::Status::met, law::Status::breached, law::Status::undetermined,
                                  law::Status::exempt, law::Status::not_due};

using Counts = std::map<law::Status, std::int64_t>;

// Rows of the table of findings; an empty id asks for all.
reports::Counted counted(const Counts& counts, std::optional<law::Status> status, const std::string& obligation,
                         const std::string& platform) {
  reports::Counted value{0, "findings", {}};
  for (const auto& [each, count] : counts) {
    if (!status || *status == each) value.number += count;
  }
  if (!obligation.empty()) value.where.push_back({"obligation", obligation});
  if (!platform.empty()) value.where.push_back({"platform", platform});
  if (status) value.where.push_back({"status", std::string(name(*status))});
  return value;
}

void add_counts(const Counts& counts, const std::string& obligation, const std::string& platform, reports::Row& row) {
  for (const law::Status status : kStatuses) row.push_back(counted(counts, status, obligation, platform));
  row.push_back(counted(counts, std::nullopt, obligation, platform));
}

// Whose findings of the clause stand so, by name.
std::string platforms_with(const Reader& reader, const std::string& obligation, law::Status status,
                           const std::vector<law::Finding>& findings) {
  std::vector<std::string> names;
  for (const law::Finding& finding : findings) {
    if (finding.obligation != obligation || finding.status != status || finding.platform.empty()) continue;
    std::string name = platform_name(reader.catalog, reader.language, finding.platform);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return joined(names, word_of(reader, "list.separator"));
}

reports::Row clause_row(const Reader& reader, const law::Obligation& each, const Counts& counts,
                        const std::vector<law::Finding>& findings) {
  const Language language = reader.language;
  reports::Row row = {in(language, each.title), in(language, each.authority), term(reader, each.standing),
                      law::format_date(each.effective)};
  add_counts(counts, each.id, "", row);
  row.insert(row.end(), {platforms_with(reader, each.id, law::Status::breached, findings),
                         platforms_with(reader, each.id, law::Status::met, findings), in(language, each.text),
                         in(language, each.source), text(each.clause), each.zone, each.id});
  return row;
}

reports::BarChart chart_of(const Reader& reader, std::size_t bars) {
  using reports::Tone;
  return {heading_of(reader, "clauses.chart"),
          "obligation_title",
          {{"met", Tone::good},
           {"breached", Tone::bad},
           {"undetermined", Tone::unknown},
           {"exempt", Tone::notice},
           {"not_due", Tone::muted}},
          bars};
}

}  // namespace

// A row for each clause, then their sum. The counts add up to `findings`.
reports::Table obligations_table(const Reader& reader, const std::vector<law::Finding>& findings) {
  std::map<std::string, Counts> of_clause;
  Counts all;
  for (const law::Finding& finding : findings) {
    ++of_clause[finding.obligation][finding.status];
    ++all[finding.status];
  }
  std::vector<reports::Row> rows;
  const auto& obligations = reader.catalog.obligations;
  for (const law::Obligation& each : obligations) {
    rows.push_back(clause_row(reader, each, of_clause[each.id], findings));
  }
  if (!rows.empty()) {
    rows.push_back({word_of(reader, "all_clauses"), {}, {}, {}});
    add_counts(all, "", "", rows.back());
  }
  reports::Table table =
      table_of(reader, "clauses",
               {column(reader, "obligation_title", 34, true), column(reader, "authority", 12),
                column(reader, "standing", 11), column(reader, "effective", 12), column(reader, "met", 8),
                column(reader, "breached", 9), column(reader, "undetermined", 13), column(reader, "exempt", 8),
                column(reader, "not_due", 8), column(reader, "findings", 9),
                column(reader, "breached_platforms", 26, true), column(reader, "met_platforms", 26, true),
                column(reader, "obligation_text", 50, true), column(reader, "source", 50, true),
                column(reader, "clause", 16), column(reader, "zone", 16), column(reader, "obligation", 24)},
               std::move(rows), kPrintedClauseColumns);
  table.chart = chart_of(reader, obligations.size());
  return table;
}

reports::Table clauses_by_platform_table(const Reader& reader, const std::vector<law::Finding>& findings) {
  std::map<std::pair<std::string, std::string>, Counts> counts;
  for (const law::Finding& finding : findings) {
    if (!finding.platform.empty()) ++counts[{finding.obligation, finding.platform}][finding.status];
  }
  std::vector<reports::Row> rows;
  for (const law::Obligation& each : reader.catalog.obligations) {
    for (const catalog::Platform& platform : reader.catalog.platforms) {
      const auto found = counts.find({each.id, platform.id});
      if (found == counts.end()) continue;
      reports::Row& row = rows.emplace_back();
      row = {in(reader.language, each.title), platform_name(reader.catalog, reader.language, platform.id)};
      add_counts(found->second, each.id, platform.id, row);
      row.insert(row.end(), {each.id, platform.id});
    }
  }
  return table_of(reader, "clauses_by_platform",
                  {column(reader, "obligation_title", 44, true), column(reader, "platform_name", 18),
                   column(reader, "met", 9), column(reader, "breached", 9), column(reader, "undetermined", 13),
                   column(reader, "exempt", 9), column(reader, "not_due", 9), column(reader, "findings", 9),
                   column(reader, "obligation", 24), column(reader, "platform", 14)},
                  std::move(rows), 8);
}

}  // namespace linkaudit::query
