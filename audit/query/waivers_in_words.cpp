#include "audit/query/waivers_in_words.h"

#include <algorithm>

#include "audit/law/calendar.h"
#include "audit/query/totals.h"
#include "audit/query/values.h"

namespace linkaudit::query {

std::string waiver_in_words(const Reader& reader, const law::WaiverUse& use, const law::Waiver& waiver) {
  if (use.findings == 0) return formatted(reader, "waiver.matches_nothing", use.id);
  const std::string day = law::format_date(use.state == law::WaiverState::not_begun ? waiver.from : waiver.expires);
  const std::string key = "waiver." + std::string(name(use.state)) + ".sentence";
  return formatted(reader, key, use.id, day, waiver.zone, use.findings, use.exempt, use.breached);
}

std::vector<std::pair<std::string, std::string>> waivers_in_words(const Reader& reader, const View& view) {
  std::vector<std::pair<std::string, std::string>> lines;
  if (view.waivers.empty()) return lines;
  const Totals with = totals_of(view.findings);
  const Totals without = totals_of(view.unwaived());
  lines.emplace_back(word_of(reader, "waivers.totals"),
                     formatted(reader, "waivers.totals.sentence", with.of(law::Status::breached), with.in_force,
                               without.of(law::Status::breached), without.in_force));
  for (const law::WaiverUse& use : view.waivers) {
    const auto& all = reader.catalog.waivers;
    const auto waiver =
        std::find_if(all.begin(), all.end(), [&](const law::Waiver& each) { return each.id == use.id; });
    if (waiver != all.end()) lines.emplace_back(use.id, waiver_in_words(reader, use, *waiver));
  }
  return lines;
}

}  // namespace linkaudit::query
