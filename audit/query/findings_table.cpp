#include "audit/law/calendar.h"
#include "audit/query/gravity.h"
#include "audit/query/remarks.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {

// Why a finding is not plain, in words: what an officer has to look into.
std::string remarks_of(const Reader& reader, const law::Finding& finding) {
  std::vector<std::string> said;
  const auto add = [&](const char* key) { said.push_back(word_of(reader, key)); };
  if (finding.platform.empty()) add("remark.unchecked");
  if (finding.would_be) {
    said.push_back(word_of(reader, "remark.would_be") + std::string(badge(reader.language, *finding.would_be).label));
  }
  if (finding.disputed) add("remark.disputed");
  if (finding.stale) add("remark.stale");
  if (finding.soft) add("remark.soft");
  if (finding.relapsed) add("remark.relapsed");
  if (finding.contradicted_by) add("remark.contradicted");
  if (!finding.waiver.empty()) said.push_back(word_of(reader, "remark.waiver") + finding.waiver);
  return joined(said, word_of(reader, "list.separator"));
}

namespace {

constexpr int kPrintedFindingColumns = 12;  // of the wide table: to the remarks

reports::Row row_of(const Reader& reader, const law::Finding& finding, bool wide) {
  const Language language = reader.language;
  const reports::Value title =
      wide ? obligation_title(reader.catalog, language, finding.obligation) : finding.obligation;
  reports::Row row = {title,
                      platform_name(reader.catalog, language, finding.platform),
                      context_name(reader.catalog, language, finding.context),
                      badge(language, finding.status),
                      term(reader, finding.confidence),
                      finding.outcome ? reports::Value(badge(language, *finding.outcome)) : reports::Value(),
                      number(finding.days_overdue),
                      finding.since ? reports::Value(*finding.since) : reports::Value(),
                      term(reader, finding.blame)};
  if (!wide) {
    row.push_back(remarks_of(reader, finding));
    return row;
  }
  row.insert(row.end(), {term(reader, finding.tier), entries_value(finding.entries), remarks_of(reader, finding),
                         number(finding.steps), number(finding.unmeasured_days),
                         finding.last ? reports::Value(*finding.last) : reports::Value(),
                         finding.cured_on ? reports::Value(law::format_date(*finding.cured_on)) : reports::Value(),
                         std::int64_t{finding.measured_links}, std::int64_t{finding.links},
                         joined(finding.breached_links, ", "), joined(finding.compared_with, ", "), finding.obligation,
                         finding.platform, finding.context, std::string(name(finding.status))});
  return row;
}

void add_remark(const Reader& reader, const law::Finding& finding,
                const std::map<std::string, log::LoggedRemark>& remarks, reports::Row& row) {
  const auto said = remarks.find(finding_id(finding));
  const log::Remark remark = said == remarks.end() ? log::Remark{} : said->second.remark;
  row.insert(row.end(), {text(remark.owner), action_value(reader, remark.action), text(remark.due), text(remark.text)});
}

std::vector<reports::Column> finding_columns(const Reader& reader, bool wide, bool with_remarks) {
  std::vector<reports::Column> columns = {column(reader, "obligation_title", 42, true),
                                          column(reader, "platform_name", 14),
                                          column(reader, "context_name", 18),
                                          column(reader, "status_label", 15),
                                          column(reader, "confidence", 11),
                                          column(reader, "outcome", 20),
                                          column(reader, "days_overdue", 9),
                                          column(reader, "since", 17),
                                          column(reader, "blame", 14)};
  if (!wide) {
    columns.push_back(column(reader, "remarks", 26, true));
    return columns;
  }
  const std::vector<reports::Column> more = {column(reader, "tier", 14),
                                             column(reader, "entries", 12),
                                             column(reader, "remarks", 26, true),
                                             column(reader, "steps", 7),
                                             column(reader, "unmeasured_days", 11),
                                             column(reader, "last", 17),
                                             column(reader, "cured_on", 12),
                                             column(reader, "measured_links", 10),
                                             column(reader, "links", 8),
                                             column(reader, "breached_links", 20, true),
                                             column(reader, "compared_with", 16),
                                             column(reader, "obligation", 24),
                                             column(reader, "platform", 14),
                                             column(reader, "context", 20),
                                             column(reader, "status", 14)};
  columns.insert(columns.end(), more.begin(), more.end());
  if (with_remarks) {
    for (const char* key : {"officer_owner", "officer_action", "officer_due"})
      columns.push_back(column(reader, key, 16));
    columns.push_back(column(reader, "officer_remark", 30, true));
  }
  return columns;
}

}  // namespace

reports::Table findings_table(const Reader& reader, const std::vector<law::Finding>& findings, bool wide,
                              const std::map<std::string, log::LoggedRemark>* remarks) {
  std::vector<reports::Row> rows;
  for (const law::Finding* finding : by_gravity(findings)) {
    rows.push_back(row_of(reader, *finding, wide));
    if (remarks != nullptr) add_remark(reader, *finding, *remarks, rows.back());
  }
  return {"findings",
          heading_of(reader, "table.findings"),
          word_of(reader, "table.findings.intro"),
          finding_columns(reader, wide, remarks != nullptr),
          reports::rows_of(std::move(rows)),
          3,
          wide ? kPrintedFindingColumns : 0};
}

}  // namespace linkaudit::query
