#include <algorithm>

#include "audit/law/calendar.h"
#include "audit/query/open.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

std::string day_of(const Reader& reader, Instant instant) {
  return law::format_date(law::date_at(instant, reader.catalog.zone));
}

// "ann: opens directly, 2021-10-01, entry 5", for each side.
std::string sides(const Reader& reader, const law::Finding& finding) {
  std::vector<std::string> said;
  for (const law::Word& word : finding.words) {
    if (word.tier != finding.tier) continue;
    const std::string who = word.source.substr(0, word.source.find('|'));
    said.push_back(formatted(reader, "open.side", who.empty() ? label(reader.language, word.tier) : who,
                             badge(reader.language, word.outcome).label, day_of(reader, word.at), word.entry));
  }
  return joined(said, word_of(reader, "list.separator"));
}

std::string detail(const Reader& reader, const law::Finding& finding, OpenReason reason) {
  switch (reason) {
    case OpenReason::disputed: return sides(reader, finding);
    case OpenReason::contradicted: {
      const law::Contradiction& by = *finding.contradicted_by;
      return formatted(reader, "open.contradicted", label(reader.language, by.tier),
                       badge(reader.language, by.outcome).label, day_of(reader, by.since), by.entry);
    }
    case OpenReason::soft: return word_of(reader, "open.soft");
    case OpenReason::stale: return formatted(reader, "open.stale", day_of(reader, *finding.last));
    case OpenReason::unmeasured:
      return word_of(reader, finding.platform.empty() ? "remark.unchecked" : "open.unmeasured");
  }
  return {};
}

struct OpenFinding {
  const law::Finding* finding = nullptr;
  std::vector<OpenReason> reasons;  // never empty
};

std::vector<OpenFinding> open_findings(const std::vector<law::Finding>& findings) {
  std::vector<OpenFinding> open;
  for (const law::Finding& finding : findings) {
    if (auto reasons = open_reasons(finding); !reasons.empty()) open.push_back({&finding, std::move(reasons)});
  }
  std::stable_sort(open.begin(), open.end(), [](const OpenFinding& left, const OpenFinding& right) {
    return left.reasons.front() < right.reasons.front();
  });
  return open;
}

reports::Row row_of_open(const Reader& reader, const OpenFinding& open) {
  std::vector<std::string> ids, names, details;
  for (const OpenReason reason : open.reasons) {
    ids.emplace_back(name(reason));
    names.push_back(word_of(reader, "open.reason." + std::string(name(reason))));
    details.push_back(detail(reader, *open.finding, reason));
  }
  const std::string separator = word_of(reader, "list.separator");
  const law::Finding& finding = *open.finding;
  return {reports::Term{joined(ids, ", "), joined(names, separator)},
          platform_name(reader.catalog, reader.language, finding.platform),
          context_name(reader.catalog, reader.language, finding.context),
          obligation_title(reader.catalog, reader.language, finding.obligation),
          badge(reader.language, finding.status),
          joined(details, separator),
          finding.obligation,
          finding.platform,
          finding.context};
}

}  // namespace

reports::Table open_table(const Reader& reader, const std::vector<law::Finding>& findings) {
  std::vector<reports::Row> rows;
  for (const OpenFinding& open : open_findings(findings)) rows.push_back(row_of_open(reader, open));
  return {"open",
          heading_of(reader, "table.open"),
          word_of(reader, "table.open.intro"),
          {column(reader, "open_reasons", 22), column(reader, "platform_name", 14), column(reader, "context_name", 18),
           column(reader, "obligation_title", 34, true), column(reader, "status_label", 15),
           column(reader, "open_details", 50, true), column(reader, "obligation", 24), column(reader, "platform", 14),
           column(reader, "context", 20)},
          reports::rows_of(std::move(rows)),
          1,
          6};
}

}  // namespace linkaudit::query
