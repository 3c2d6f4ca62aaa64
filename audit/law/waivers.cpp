#include "audit/law/waivers.h"

#include <algorithm>

#include "audit/law/scope.h"

namespace linkaudit::law {

std::vector<const Waiver*> waivers_in_force(const std::vector<Waiver>& waivers, Instant as_of) {
  std::vector<const Waiver*> found;
  for (const Waiver& waiver : waivers) {
    const bool begun = as_of >= start_of_day(waiver.from, waiver.zone);
    if (begun && as_of < start_of_day(waiver.expires, waiver.zone)) found.push_back(&waiver);
  }
  return found;
}

bool concerns(const Waiver& waiver, const std::string& obligation) {
  const auto& named = waiver.obligations;
  return named.empty() || std::find(named.begin(), named.end(), obligation) != named.end();
}

const Waiver* waiver_for(std::span<const Waiver* const> waivers, const std::string& obligation,
                         const JudgedContext& context, const JudgedPlatform& platform, const std::string& link) {
  const auto found = std::find_if(waivers.begin(), waivers.end(), [&](const Waiver* waiver) {
    return concerns(*waiver, obligation) && covers(waiver->scope, context, platform, link);
  });
  return found == waivers.end() ? nullptr : *found;
}

}  // namespace linkaudit::law
