#include <array>
#include <map>
#include <set>

#include "audit/law/calendar.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

constexpr int kPrintedClauseColumns = 11;

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

reports::Row clause_row(const Reader& reader, const law::Obligation& each, const Counts& counts) {
  const Language language = reader.language;
  reports::Row row = {in(language, each.title), word_of(reader, "all_platforms"), in(language, each.authority),
                      term(reader, each.standing), law::format_date(each.effective) + " " + each.zone};
  add_counts(counts, each.id, "", row);
  row.insert(row.end(), {in(language, each.text), in(language, each.source), each.id, reports::Value()});
  return row;
}

reports::Row platform_row(const Reader& reader, const law::Obligation& each, const std::string& platform,
                          const Counts& counts) {
  reports::Row row = {in(reader.language, each.title), platform_name(reader.catalog, reader.language, platform),
                      in(reader.language, each.authority), term(reader, each.standing),
                      law::format_date(each.effective) + " " + each.zone};
  add_counts(counts, each.id, platform, row);
  row.insert(row.end(), {reports::Value(), reports::Value(), each.id, platform});
  return row;
}

reports::BarChart chart_of(const Reader& reader, std::size_t bars) {
  using reports::Tone;
  return {word_of(reader, "clauses.chart"),
          "obligation_title",
          {{"met", Tone::good},
           {"breached", Tone::bad},
           {"undetermined", Tone::unknown},
           {"exempt", Tone::notice},
           {"not_due", Tone::muted}},
          bars};
}

}  // namespace

// First a row for each clause, then their sum, then each clause by platform. The counts add up to `findings`.
reports::Table obligations_table(const Reader& reader, const std::vector<law::Finding>& findings) {
  std::map<std::string, Counts> of_clause;
  std::map<std::pair<std::string, std::string>, Counts> of_platform;
  Counts all;
  for (const law::Finding& finding : findings) {
    ++of_clause[finding.obligation][finding.status];
    if (!finding.platform.empty()) ++of_platform[{finding.obligation, finding.platform}][finding.status];
    ++all[finding.status];
  }
  std::vector<reports::Row> rows;
  const auto& obligations = reader.catalog.obligations;
  for (const law::Obligation& each : obligations) rows.push_back(clause_row(reader, each, of_clause[each.id]));
  if (!rows.empty()) {
    rows.push_back({word_of(reader, "all_clauses"), word_of(reader, "all_platforms"), {}, {}, {}});
    add_counts(all, "", "", rows.back());
  }
  for (const law::Obligation& each : obligations) {
    for (const catalog::Platform& platform : reader.catalog.platforms) {
      const auto found = of_platform.find({each.id, platform.id});
      if (found != of_platform.end()) rows.push_back(platform_row(reader, each, platform.id, found->second));
    }
  }
  reports::Table table =
      table_of(reader, "clauses",
               {column(reader, "obligation_title", 34, true), column(reader, "platform_name", 16),
                column(reader, "authority", 16), column(reader, "standing", 12), column(reader, "effective", 24),
                column(reader, "met", 9), column(reader, "breached", 9), column(reader, "undetermined", 13),
                column(reader, "exempt", 9), column(reader, "not_due", 9), column(reader, "findings", 9),
                column(reader, "obligation_text", 50, true), column(reader, "source", 50, true),
                column(reader, "obligation", 24), column(reader, "platform", 14)},
               std::move(rows), kPrintedClauseColumns);
  table.chart = chart_of(reader, obligations.size());
  table.frozen_columns = 2;
  return table;
}

}  // namespace linkaudit::query
