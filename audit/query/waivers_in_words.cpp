#include "audit/query/waivers_in_words.h"

#include "audit/law/calendar.h"
#include "audit/query/totals.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

std::string use_in_words(const Reader& reader, const law::Waiver& waiver, const law::WaiverUse& use) {
  if (use.findings == 0) return formatted(reader, "waiver.matches_nothing", use.id);
  const std::string day = law::format_date(use.state == law::WaiverState::not_begun ? waiver.from : waiver.expires);
  const std::string key = "waiver." + std::string(name(use.state)) + ".sentence";
  return formatted(reader, key, use.id, day, waiver.zone, use.findings, use.exempt, use.breached);
}

std::string withdrawal_in_words(const Reader& reader, const WaiverShown& shown) {
  const auto at = [&](law::Instant instant) { return law::format_instant(instant, reader.catalog.zone); };
  return formatted(reader, "waiver.withdrawn.sentence", shown.waiver.id, at(shown.marks.front().at),
                   shown.marks.front().entry, shown.last_known ? at(*shown.last_known) : "");
}

}  // namespace

std::string waiver_in_words(const Reader& reader, const WaiverShown& shown) {
  std::string sentence =
      shown.use ? use_in_words(reader, shown.waiver, *shown.use) : withdrawal_in_words(reader, shown);
  if (shown.recorded) return sentence;
  return sentence + word_of(reader, "waiver.not_recorded.sentence");
}

std::vector<std::pair<std::string, std::string>> waivers_in_words(const Reader& reader, const View& view) {
  std::vector<std::pair<std::string, std::string>> lines;
  if (view.waivers.empty()) return lines;
  const Totals with = totals_of(view.findings);
  const Totals without = totals_of(view.unwaived());
  lines.emplace_back(word_of(reader, "waivers.totals"),
                     formatted(reader, "waivers.totals.sentence", with.of(law::Status::breached), with.in_force,
                               without.of(law::Status::breached), without.in_force));
  for (const WaiverShown& shown : view.waivers) lines.emplace_back(shown.waiver.id, waiver_in_words(reader, shown));
  return lines;
}

}  // namespace linkaudit::query
