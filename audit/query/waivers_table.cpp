#include "audit/law/calendar.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"
#include "audit/query/waivers_in_words.h"

namespace linkaudit::query {
namespace {

const law::Waiver* find_waiver(const catalog::Catalog& catalog, const std::string& id) {
  for (const law::Waiver& waiver : catalog.waivers) {
    if (waiver.id == id) return &waiver;
  }
  return nullptr;
}

}  // namespace

reports::Table waivers_table(const Reader& reader, const std::vector<law::WaiverUse>& uses) {
  std::vector<reports::Row> rows;
  for (const law::WaiverUse& use : uses) {
    const law::Waiver* waiver = find_waiver(reader.catalog, use.id);
    if (waiver == nullptr) continue;
    rows.push_back(
        {use.id, reports::Term{std::string(name(use.state)), word_of(reader, "waiver." + std::string(name(use.state)))},
         law::format_date(waiver->from) + " " + waiver->zone, law::format_date(waiver->expires) + " " + waiver->zone,
         std::int64_t{use.findings}, std::int64_t{use.exempt}, std::int64_t{use.breached},
         waiver_in_words(reader, use, *waiver), waiver->justification, waiver->approver});
  }
  return {"waivers",
          word_of(reader, "table.waivers"),
          word_of(reader, "table.waivers.intro"),
          {column(reader, "waiver", 16), column(reader, "waiver_state", 14), column(reader, "waiver_from", 24),
           column(reader, "waiver_expires", 24), column(reader, "findings", 9), column(reader, "exempt", 9),
           column(reader, "breached_without", 12), column(reader, "remarks", 44, true),
           column(reader, "justification", 40, true), column(reader, "approver", 24)},
          reports::rows_of(std::move(rows)),
          1};
}

}  // namespace linkaudit::query
