#include "tests/bench/law/facts.h"

#include <array>

namespace linkaudit::bench {
namespace {

using probes::Blame;
using probes::Outcome;

constexpr std::array<Shown, 6> kStates = {{{Outcome::direct, Blame::none},
                                           {Outcome::blocked, Blame::host},
                                           {Outcome::confirm, Blame::host},
                                           {Outcome::external_browser, Blame::host},
                                           {Outcome::unreachable, Blame::unknown},
                                           {Outcome::blocked, Blame::platform}}};

// A number that looks like chance, always the same for the same arguments (splitmix64).
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

law::Obligation obligation(int number) {
  law::Obligation each;
  each.id = "clause-" + std::to_string(number);
  each.effective = {2021, 9, 1 + number};
  each.zone = "Asia/Shanghai";
  each.tier = number % 2 == 0 ? probes::Tier::in_app : probes::Tier::target;
  if (number == 0) {
    each.requires_.parity = {law::ParityOver::outcome, law::ParityOver::presentation, law::ParityOver::steps};
  } else {
    each.requires_.max_steps = number % 3;
  }
  return each;
}

}  // namespace

std::string platform_id(int platform) {
  return "platform" + std::to_string(platform);
}
std::string link_id(int platform, int link) {
  return platform_id(platform) + "/link" + std::to_string(link);
}
std::string context_id(int context) {
  return "host" + std::to_string(context / 5) + "/context" + std::to_string(context % 5);
}

law::Policy policy() {
  law::Policy policy;
  for (int context = 0; context < kContexts; ++context) {
    const std::string id = context_id(context);
    policy.contexts.push_back({id, id.substr(0, id.find('/')), "group", "operator" + id.substr(4, 1)});
  }
  for (int platform = 0; platform < kPlatforms; ++platform) {
    law::JudgedPlatform each{platform_id(platform), "category" + std::to_string(platform % 4), "", {}, {}};
    for (int link = 0; link < kLinks; ++link) each.links.push_back(link_id(platform, link));
    policy.platforms.push_back(each);
  }
  for (int number = 0; number < 10; ++number) policy.obligations.push_back(obligation(number));
  return policy;
}

Shown shown(int cell, std::int64_t look, int lasting) {
  const auto epoch = static_cast<std::uint64_t>((look + cell) / lasting);
  const std::uint64_t chance = mixed(static_cast<std::uint64_t>(cell) * 1'000'003 + epoch);
  if (lasting > 1) return kStates[chance % kStates.size()];
  return kStates[epoch % kStates.size()];
}

std::vector<law::Span> spans(std::int64_t looks, int lasting, int sources, std::set<std::string>& texts) {
  const auto kept = [&](const std::string& text) -> std::string_view { return *texts.insert(text).first; };
  std::vector<law::Span> all;
  std::vector<std::size_t> newest(static_cast<std::size_t>(sources));  // span of each source
  std::int64_t entry = 0;
  for (int cell = 0; cell < kPlatforms * kLinks * kContexts; ++cell) {
    const int link = cell % (kPlatforms * kLinks), context = cell / (kPlatforms * kLinks);
    for (std::int64_t look = 0; look < looks; ++look) {
      const auto source = static_cast<std::size_t>(look % sources);
      const Shown seen = shown(cell, look, lasting);
      const law::Instant at = kBegin + look * kBetween + std::chrono::seconds(cell);
      ++entry;
      if (look >= sources && all[newest[source]].outcome == seen.outcome && all[newest[source]].blame == seen.blame) {
        law::Span& span = all[newest[source]];
        span.last = at;
        span.last_entry = entry;
        span.count += 1;
        continue;
      }
      newest[source] = all.size();
      law::Span& span = all.emplace_back();
      span.link = kept(link_id(link / kLinks, link % kLinks));
      span.context = kept(context_id(context));
      span.tier = sources == 1 ? probes::Tier::target : probes::kTiers[source % probes::kTiers.size()];
      span.source = kept("observer" + std::to_string(source) + "|http|local");
      span.outcome = seen.outcome;
      span.blame = seen.blame;
      span.first = span.last = at;
      span.first_entry = span.last_entry = entry;
    }
  }
  return all;
}

}  // namespace linkaudit::bench
