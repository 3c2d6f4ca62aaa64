#include "audit/law/calendar.h"
#include "audit/query/tables.h"
#include "audit/query/values.h"
#include "audit/query/waivers_in_words.h"

namespace linkaudit::query {
namespace {

constexpr int kPrintedWaiverColumns = 12;  // to when it was first known

std::string changes_in_words(const Reader& reader, const WaiverShown& shown) {
  std::vector<std::string> changes;
  for (const WaiverMark& mark : shown.marks) {
    changes.push_back(formatted(reader, "waiver.mark", word_of(reader, "waiver." + std::string(name(mark.change))),
                                law::format_instant(mark.at, reader.catalog.zone), mark.entry));
  }
  return joined(changes, "; ");
}

// The entry, or that there is none yet: whichever, the row is struck through.
reports::Value withdrawn_by(const Reader& reader, const WaiverShown& shown) {
  if (shown.state != ShownWaiver::withdrawn) return {};
  if (!shown.recorded) return word_of(reader, "waiver.not_recorded");
  return shown.marks.back().entry;
}

reports::Row row_of(const Reader& reader, const WaiverShown& shown) {
  const law::Waiver& waiver = shown.waiver;
  const std::string state(name(shown.state));
  const auto count = [&](int law::WaiverUse::*member) {
    return shown.use ? reports::Value(std::int64_t{(*shown.use).*member}) : reports::Value();
  };
  return {waiver.id,
          reports::Term{state, word_of(reader, "waiver." + state)},
          law::format_date(waiver.from) + " " + waiver.zone,
          law::format_date(waiver.expires) + " " + waiver.zone,
          count(&law::WaiverUse::findings),
          count(&law::WaiverUse::exempt),
          count(&law::WaiverUse::breached),
          withdrawn_by(reader, shown),
          waiver_in_words(reader, shown),
          waiver.justification,
          waiver.approver,
          shown.marks.empty() ? reports::Value() : reports::Value(shown.marks.front().at),
          changes_in_words(reader, shown),
          shown.recorded,
          shown.last_known ? reports::Value(*shown.last_known) : reports::Value()};
}

}  // namespace

reports::Table waivers_table(const Reader& reader, const std::vector<WaiverShown>& waivers) {
  std::vector<reports::Row> rows;
  for (const WaiverShown& shown : waivers) rows.push_back(row_of(reader, shown));
  reports::Table table = {
      "waivers",
      heading_of(reader, "table.waivers"),
      word_of(reader, "table.waivers.intro"),
      {column(reader, "waiver", 16), column(reader, "waiver_state", 14), column(reader, "waiver_from", 24),
       column(reader, "waiver_expires", 24), column(reader, "findings", 9), column(reader, "exempt", 9),
       column(reader, "breached_without", 12), column(reader, kWithdrawnBy, 14), column(reader, "remarks", 44, true),
       column(reader, "justification", 40, true), column(reader, "approver", 24), column(reader, "first_known", 17),
       column(reader, "waiver_changes", 44, true), column(reader, "recorded", 10), column(reader, "last_known", 17)},
      reports::rows_of(std::move(rows)),
      1,
      kPrintedWaiverColumns};
  table.struck_by = kWithdrawnBy;
  return table;
}

}  // namespace linkaudit::query
