#include <algorithm>
#include <vector>

#include "audit/law/calendar.h"
#include "audit/query/gravity.h"
#include "audit/query/report_tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

constexpr int kPrintedBreachColumns = 17;  // to the officer's remark

// A day as an officer writes it: its midnight in the report's zone.
reports::Value day_value(const Reader& reader, const std::string& date) {
  const auto parsed = law::parse_date(date);
  if (!parsed) return text(date);
  return law::start_of_day(*parsed, reader.catalog.zone);
}

reports::Row breach_row(const Reader& reader, const law::Finding& finding, const log::LoggedRemark* said) {
  const Language language = reader.language;
  const log::Remark remark = said == nullptr ? log::Remark{} : said->remark;
  return {obligation_title(reader.catalog, language, finding.obligation),
          platform_name(reader.catalog, language, finding.platform),
          context_name(reader.catalog, language, finding.context),
          joined(finding.breached_links, ", "),
          number(finding.days_overdue),
          number(finding.unmeasured_days),
          finding.outcome ? reports::Value(badge(language, *finding.outcome)) : reports::Value(),
          term(reader, finding.confidence),
          finding.since ? reports::Value(*finding.since) : reports::Value(),
          term(reader, finding.tier),
          term(reader, finding.blame),
          entries_value(finding.entries),
          remarks_of(reader, finding),
          text(remark.owner),
          action_value(reader, remark.action),
          remark.due.empty() ? reports::Value() : day_value(reader, remark.due),
          text(remark.text),
          joined(finding.compared_with, ", "),
          finding.last ? reports::Value(*finding.last) : reports::Value(),
          finding.obligation,
          finding.platform,
          finding.context,
          finding_id(finding),
          said == nullptr ? reports::Value() : entries_value({said->entry})};
}

reports::Column input(const Reader& reader, const std::string& key, double width, reports::Input kind) {
  reports::Column column = query::column(reader, key, width, kind == reports::Input::text);
  column.input = kind;
  column.hint = word_of(reader, "hint." + key);
  return column;
}

std::vector<reports::Column> breach_columns(const Reader& reader) {
  reports::Column action = input(reader, "officer_action", 13, reports::Input::choice);
  for (const char* choice : kOfficerActions) action.choices.push_back(word_of(reader, std::string("action.") + choice));
  reports::Column overdue = column(reader, "days_overdue", 9);
  overdue.bars = true;
  return {column(reader, "obligation_title", 26, true),
          column(reader, "platform_name", 11),
          column(reader, "context_name", 13, true),
          column(reader, "breached_links", 13, true),
          overdue,
          column(reader, "unmeasured_days", 9),
          column(reader, "outcome", 17),
          column(reader, "confidence", 10),
          column(reader, "since", 17),
          column(reader, "tier", 12, true),
          column(reader, "blame", 10),
          column(reader, "entries", 9, true),
          column(reader, "remarks", 14, true),
          input(reader, "officer_owner", 11, reports::Input::text),
          action,
          input(reader, "officer_due", 12, reports::Input::date),
          input(reader, "officer_remark", 22, reports::Input::text),
          column(reader, "compared_with", 16),
          column(reader, "last", 17),
          column(reader, "obligation", 24),
          column(reader, "platform", 14),
          column(reader, "context", 20),
          column(reader, "finding_id", 44),
          column(reader, "remark_entry", 10)};
}

}  // namespace

reports::Table breaches_table(const Reader& reader, const std::vector<law::Finding>& findings,
                              const std::map<std::string, log::LoggedRemark>& remarks) {
  std::vector<reports::Row> rows;
  for (const law::Finding* finding : by_gravity(findings)) {
    if (finding->status != law::Status::breached) continue;
    const auto said = remarks.find(finding_id(*finding));
    rows.push_back(breach_row(reader, *finding, said == remarks.end() ? nullptr : &said->second));
  }
  reports::Table table = table_of(reader, "breaches", breach_columns(reader), std::move(rows));
  table.frozen_columns = 3;
  table.printed_columns = kPrintedBreachColumns;
  return table;
}

}  // namespace linkaudit::query
